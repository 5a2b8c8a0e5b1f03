package io.github.spirabr.storage.fs.audio;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.storage.fs.internal.BoundedFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache of recordings in a folder, so that those of a bucket cross the network once. A copy is
 * stored under the SHA-256 of its source's name and version, with the SHA-256 of its bytes, which is
 * checked whenever it is opened; a source without a version is not copied. When the copies would be
 * larger than the limit together, those that were opened least recently are removed.
 *
 * <p>Safe for any number of threads and processes on a file system that keeps locks and renames
 * atomically. A broken copy is removed and fetched again. If a copy cannot be written, the recording is
 * read without one; the first failure is logged as a warning.
 */
public final class FileSystemAudioCache {

    private static final Logger LOG = LoggerFactory.getLogger(FileSystemAudioCache.class);
    private static final String SUFFIX = ".audio";
    private static final int SHA256_BYTES = 32;
    private static final int LARGEST = 256 << 20;

    private final BoundedFolder folder;
    private final AtomicBoolean warned = new AtomicBoolean();

    private FileSystemAudioCache(BoundedFolder folder) {
        this.folder = folder;
    }

    /**
     * Returns the cache in a folder that has no other files.
     *
     * @param root folder, created when it is needed
     * @param maximumBytes size of all copies together, at least 1; the same for all who use the folder
     */
    public static FileSystemAudioCache at(Path root, long maximumBytes) {
        if (maximumBytes < 1) {
            throw new IllegalArgumentException(
                    "maximumBytes of the audio cache must be at least 1, but was " + maximumBytes);
        }
        return new FileSystemAudioCache(new BoundedFolder(root.toAbsolutePath().normalize(), maximumBytes, SUFFIX));
    }

    /** Returns the same recordings, whose audio is read through this cache. */
    public RecordingSource through(RecordingSource source) {
        return new CachedRecordings(source);
    }

    private final class CachedRecordings implements RecordingSource, Described {

        private final RecordingSource source;

        private CachedRecordings(RecordingSource source) {
            this.source = source;
        }

        @Override
        public Dataset load() {
            Dataset dataset = source.load();
            return Dataset.of(dataset.name(), through(dataset.recordings()), dataset.notes());
        }

        @Override
        public List<Recording> list() {
            return through(source.list());
        }

        /** Returns the description of the source, with the settings of the cache. */
        @Override
        public ComponentDescription description() {
            if (!(source instanceof Described described)) {
                return new ComponentDescription(source.getClass().getSimpleName(), Map.of());
            }
            Map<String, Object> settings = new LinkedHashMap<>(described.description().settings());
            folder.settings().forEach((name, value) -> settings.put("audioCache." + name, value));
            return new ComponentDescription(described.description().type(), settings);
        }

        @Override
        public String toString() {
            return "Cached[" + source + "]";
        }
    }

    private List<Recording> through(List<Recording> recordings) {
        return recordings.stream().map(recording -> new Recording(
                recording.id(), recording.subject(), recording.label(), recording.metadata(),
                through(recording.audio()))).toList();
    }

    /** Returns the same audio, which is read through this cache; all parts of a file share its copy. */
    public AudioSource through(AudioSource source) {
        return AudioSource.partOf(new CachedFile(source.whole()), source.part());
    }

    private final class CachedFile implements AudioSource {

        private final AudioSource source;

        private CachedFile(AudioSource source) {
            this.source = source;
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public Optional<String> version() throws IOException {
            return source.version();
        }

        @Override
        public InputStream open() throws IOException {
            Optional<String> version = source.version();
            return version.isPresent() ? openCopy(source, version.get()) : source.open();
        }

        private FileSystemAudioCache cache() {
            return FileSystemAudioCache.this;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof CachedFile that && source.equals(that.source) && cache() == that.cache();
        }

        @Override
        public int hashCode() {
            return source.hashCode();
        }

        @Override
        public String toString() {
            return "Cached[" + source + "]";
        }
    }

    private InputStream openCopy(AudioSource source, String version) throws IOException {
        String key = sha256(source.name() + "\n" + version);
        Optional<byte[]> copy = find(key);
        if (copy.isPresent()) {
            return new ByteArrayInputStream(copy.get(), 0, copy.get().length - SHA256_BYTES);
        }
        InputStream stream = source.open();
        try {
            byte[] content = stream.readNBytes(LARGEST);
            if (content.length == LARGEST || !folder.fits(content.length + SHA256_BYTES)) {
                return new SequenceInputStream(new ByteArrayInputStream(content), stream);
            }
            keep(key, content);
            stream.close();
            return new ByteArrayInputStream(content);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private Optional<byte[]> find(String key) {
        try {
            Optional<byte[]> copy = folder.get(key);
            if (copy.isPresent() && !isSound(copy.get())) {
                folder.removeBroken(key, FileSystemAudioCache::isSound);
                return Optional.empty();
            }
            return copy;
        } catch (IOException e) {
            warn("could not be read", e);
            return Optional.empty();
        }
    }

    private void keep(String key, byte[] content) {
        byte[] copy = Arrays.copyOf(content, content.length + SHA256_BYTES);
        byte[] sha256 = HexFormat.of().parseHex(FileDigest.of(content).sha256());
        System.arraycopy(sha256, 0, copy, content.length, SHA256_BYTES);
        try {
            folder.put(key, copy);
        } catch (IOException e) {
            warn("could not be written", e);
        }
    }

    private static boolean isSound(byte[] copy) {
        if (copy.length < SHA256_BYTES) {
            return false;
        }
        int length = copy.length - SHA256_BYTES;
        String sha256 = HexFormat.of().formatHex(copy, length, copy.length);
        return FileDigest.of(Arrays.copyOf(copy, length)).sha256().equals(sha256);
    }

    private static String sha256(String text) {
        return FileDigest.of(text.getBytes(StandardCharsets.UTF_8)).sha256();
    }

    private void warn(String what, IOException failure) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("The audio cache in {}, {} ({}), so that recordings are fetched again; check the folder, its permissions"
                    + " and the free space", folder, what, failure.toString());
        }
    }

    @Override
    public String toString() {
        return "FileSystemAudioCache[" + folder + "]";
    }
}
