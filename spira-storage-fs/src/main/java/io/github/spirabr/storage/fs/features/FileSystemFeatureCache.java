package io.github.spirabr.storage.fs.features;

import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.storage.fs.internal.FileMutex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A feature cache in a folder: {@code ROOT/ab/ab12....features} for each key, checksummed, and written
 * under another name before it is renamed. When the files would be larger than the limit together,
 * those go that were used least recently. Files that are just being written come on top of the limit.
 *
 * <p>Safe for any number of threads and processes on a file system that keeps locks and renames
 * atomically. A broken entry is removed and found no more. What cannot be written is not kept; the
 * first failure is logged as a warning.
 */
public final class FileSystemFeatureCache implements FeatureCache {

    private static final System.Logger LOG = System.getLogger(FileSystemFeatureCache.class.getName());
    private static final String LOCK = ".lock";

    private final Path root;
    private final long limit;
    private final FileMutex mutex;
    private final AtomicBoolean warned = new AtomicBoolean();

    private FileSystemFeatureCache(Path root, long limit) {
        this.root = root;
        this.limit = limit;
        this.mutex = new FileMutex(root.resolve(LOCK));
    }

    /**
     * The cache in a folder that is its own.
     *
     * @param root created by the first put if it is missing
     * @param maximumBytes of all entries together, at least 1; the same for all who use the folder
     */
    public static FileSystemFeatureCache at(Path root, long maximumBytes) {
        if (maximumBytes < 1) {
            throw new IllegalArgumentException(
                    "maximumBytes of the feature cache must be at least 1, but was " + maximumBytes);
        }
        return new FileSystemFeatureCache(root.toAbsolutePath().normalize(), maximumBytes);
    }

    @Override
    public Optional<List<FeatureMatrix>> get(String key) {
        Path file = file(key);
        try {
            List<FeatureMatrix> windows = FeatureEntry.read(key, Files.readAllBytes(file));
            touch(file);
            return Optional.of(windows);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            remove(key, file);
            return Optional.empty();
        } catch (IOException e) {
            warn("cannot be read", e);
            return Optional.empty();
        }
    }

    /** What was used last goes last; a failure only makes the order less exact. */
    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            return;
        }
    }

    private void remove(String key, Path file) {
        try {
            mutex.locked(lockFile -> {
                new CacheIndex(root, lockFile).apply(0, Long.MAX_VALUE, () -> {
                    // Another process may have put a sound entry in its place by now.
                    return isSound(key, file) ? 0 : delete(file);
                });
                return key;
            });
        } catch (IOException e) {
            warn("has a broken entry, which cannot be removed", e);
        }
    }

    private static boolean isSound(String key, Path file) throws IOException {
        try {
            FeatureEntry.read(key, Files.readAllBytes(file));
            return true;
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return false;
        }
    }

    private static long delete(Path file) throws IOException {
        long size = size(file);
        Files.deleteIfExists(file);
        return -size;
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @Override
    public void put(String key, List<FeatureMatrix> windows) {
        Path file = file(key);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("there are no windows to be kept under " + key);
        }
        long size = FeatureEntry.size(windows);
        if (size > Math.min(limit, Integer.MAX_VALUE - 8)) {
            return;
        }
        Path draft = file.resolveSibling(CacheIndex.DRAFT_PREFIX + UUID.randomUUID());
        try {
            Files.createDirectories(draft.getParent());
            try {
                Files.write(draft, FeatureEntry.write(key, windows));
                mutex.locked(lockFile -> {
                    new CacheIndex(root, lockFile).apply(size, limit, () -> {
                        long old = size(file);
                        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                        return size - old;
                    });
                    return key;
                });
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            warn("cannot be written", e);
        }
    }

    private void warn(String what, IOException failure) {
        if (warned.compareAndSet(false, true)) {
            LOG.log(System.Logger.Level.WARNING, "The feature cache in " + root + " " + what + " (" + failure
                    + "), so that features are made again; check the folder, its permissions and the free space");
        }
    }

    private Path file(String key) {
        if (!key.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "a key of the feature cache is 64 lower-case hexadecimal digits, but was '" + key + "'");
        }
        return root.resolve(key.substring(0, 2)).resolve(key + CacheIndex.SUFFIX);
    }

    @Override
    public String toString() {
        return "FileSystemFeatureCache[" + root + ", at most " + limit + " bytes]";
    }
}
