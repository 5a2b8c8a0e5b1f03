package io.github.spirabr.storage.fs.features;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.storage.fs.internal.BoundedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feature cache in a folder: {@code ROOT/ab/ab12....features} for each key, checksummed, and written
 * under another name before it is renamed. When the files would be larger than the limit together,
 * those that were used least recently are removed. Files that are being written are not counted.
 *
 * <p>Safe for any number of threads and processes on a file system that keeps locks and renames
 * atomically. A broken entry is removed and found no more. An entry that cannot be written is
 * skipped; the first failure is logged as a warning.
 */
public final class FileSystemFeatureCache implements FeatureCache, Described {

    private static final Logger LOG = LoggerFactory.getLogger(FileSystemFeatureCache.class);
    private static final String SUFFIX = ".features";

    private final BoundedFolder folder;
    private final AtomicBoolean warned = new AtomicBoolean();

    private FileSystemFeatureCache(BoundedFolder folder) {
        this.folder = folder;
    }

    /**
     * Returns the cache in a folder that has no other files.
     *
     * @param root folder, created by the first put if it is missing
     * @param maximumBytes size of all entries together, at least 1; the same for all who use the folder
     */
    public static FileSystemFeatureCache at(Path root, long maximumBytes) {
        if (maximumBytes < 1) {
            throw new IllegalArgumentException(
                    "maximumBytes of the feature cache must be at least 1, but was " + maximumBytes);
        }
        return new FileSystemFeatureCache(
                new BoundedFolder(root.toAbsolutePath().normalize(), maximumBytes, SUFFIX));
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription("features", folder.settings());
    }

    @Override
    public Optional<List<FeatureMatrix>> get(String key) {
        requireKey(key);
        try {
            Optional<byte[]> file = folder.get(key);
            Optional<List<FeatureMatrix>> windows = file.flatMap(bytes -> parse(key, bytes));
            if (file.isPresent() && windows.isEmpty()) {
                folder.removeBroken(key, bytes -> parse(key, bytes).isPresent());
            }
            return windows;
        } catch (IOException e) {
            warn("could not be read", e);
            return Optional.empty();
        }
    }

    private static Optional<List<FeatureMatrix>> parse(String key, byte[] file) {
        try {
            return Optional.of(FeatureEntry.read(key, file));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(String key, List<FeatureMatrix> windows) {
        requireKey(key);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("there are no windows to be kept under " + key);
        }
        if (!folder.fits(FeatureEntry.size(windows))) {
            return;
        }
        try {
            folder.put(key, FeatureEntry.write(key, windows));
        } catch (IOException e) {
            warn("could not be written", e);
        }
    }

    private void warn(String what, IOException failure) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("The feature cache in {}, {} ({}), so that features are made again; check the folder, its permissions"
                    + " and the free space", folder, what, failure.toString());
        }
    }

    private static void requireKey(String key) {
        if (!key.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "a key of the feature cache is 64 lower-case hexadecimal digits, but was '" + key + "'");
        }
    }

    @Override
    public String toString() {
        return "FileSystemFeatureCache[" + folder + "]";
    }
}
