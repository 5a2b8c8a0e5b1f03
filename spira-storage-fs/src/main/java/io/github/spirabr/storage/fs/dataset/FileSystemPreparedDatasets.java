package io.github.spirabr.storage.fs.dataset;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetException;
import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.internal.adapter.SafeNames;
import io.github.spirabr.core.internal.store.DatasetIndex;
import io.github.spirabr.core.internal.store.FeatureBlock;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.storage.fs.internal.Draft;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Prepared data sets in a folder: {@code ROOT/NAME/} holds {@code features.bin}, {@code index.json}, which
 * says what lies where and has a checksum of each recording, and {@code index.sha256}. The features
 * are read by mapping the file into memory.
 *
 * <p>Safe for any number of threads and processes on a file system that renames folders atomically: a
 * data set is written and flushed under the name {@code .tmp-...} and then renamed.
 */
public final class FileSystemPreparedDatasets implements PreparedDatasetRepository, Described {

    static final String FEATURES = "features.bin";
    static final String INDEX = "index.json";
    static final String INDEX_SHA256 = "index.sha256";

    private static final Duration SHORTEST_ABANDONED = Duration.ofHours(1);
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path root;

    private FileSystemPreparedDatasets(Path root) {
        this.root = root;
    }

    /**
     * Returns the data sets in a folder.
     *
     * @param root created by the first save if it is missing
     */
    public static FileSystemPreparedDatasets at(Path root) {
        return new FileSystemPreparedDatasets(root.toAbsolutePath().normalize());
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription("datasets", Map.of("location", root.toString()));
    }

    @Override
    public void save(String name, String fingerprint, Iterator<PreparedRecording> recordings) {
        Path folder = folder(name);
        requireFingerprint(fingerprint);
        if (names().contains(name)) {
            throw taken(name);
        }
        // A folder without its index is what is left of a data set.
        delete(name);
        try {
            Files.createDirectories(root);
            Draft.removeAbandoned(root);
            try (Draft draft = Draft.begin(root)) {
                DatasetIndex index = writeFeatures(draft.folder().resolve(FEATURES), name, fingerprint, recordings);
                byte[] json = index.toBytes();
                Folders.writeDurably(draft.folder().resolve(INDEX), json);
                Folders.writeDurably(draft.folder().resolve(INDEX_SHA256), checksumLine(json));
                Folders.flush(draft.folder());
                publish(draft.folder(), folder, name);
                Folders.flush(root);
            }
        } catch (IOException e) {
            throw new PreparedDatasetException("data set " + name + " could not be saved in " + root + ": " + reason(e)
                    + "; check the folder, its permissions and the free space", e);
        }
    }

    private static void requireFingerprint(String fingerprint) {
        if (!fingerprint.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "fingerprint must be 64 lower-case hexadecimal digits, but was '" + fingerprint + "'");
        }
    }

    private static DatasetIndex writeFeatures(
            Path file, String name, String fingerprint, Iterator<PreparedRecording> recordings) throws IOException {
        List<DatasetIndex.Item> items = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        long offset = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            while (recordings.hasNext()) {
                PreparedRecording recording = recordings.next();
                if (!ids.add(recording.id())) {
                    throw new PreparedDatasetException("data set " + name + " could not be saved: recording "
                            + recording.id() + " is listed twice; remove one");
                }
                long length = FeatureBlock.size(recording.windows());
                if (length > FeatureFile.PIECE) {
                    throw new PreparedDatasetException("data set " + name + " could not be saved: the features of "
                            + recording.id() + " have " + length + " bytes, but at most " + FeatureFile.PIECE
                            + " are kept of a recording; cut it into several");
                }
                if (length > buffer.capacity()) {
                    buffer = ByteBuffer.allocateDirect(Math.toIntExact(length));
                }
                FeatureBlock.write(recording.windows(), buffer.clear());
                buffer.flip();
                items.add(DatasetIndex.Item.of(recording, offset, length, FeatureBlock.crc32c(buffer)));
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                offset += length;
            }
            channel.force(true);
        }
        if (items.isEmpty()) {
            throw new PreparedDatasetException("data set " + name + " could not be saved: it has no recordings");
        }
        return new DatasetIndex(fingerprint, Optional.empty(), offset, items);
    }

    /** Returns a line that the program sha256sum can check. */
    private static byte[] checksumLine(byte[] index) {
        return (FileDigest.of(index).sha256() + "  " + INDEX + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void publish(Path draft, Path folder, String name) throws IOException {
        try {
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw taken(name);
            }
            throw e;
        }
    }

    private PreparedDatasetException taken(String name) {
        return new PreparedDatasetException("data set " + name + " is in " + root
                + " already; choose another name, or delete it first");
    }

    @Override
    public PreparedDataset open(String name) {
        Path folder = folder(name);
        try {
            return MappedDataset.open(name, folder);
        } catch (NoSuchFileException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new PreparedDatasetException("there is no data set " + name + " in " + root + "; existing data sets: "
                        + names(), e);
            }
            throw new PreparedDatasetException("data set " + name + " is damaged: " + e.getFile() + " is missing"
                    + "; delete it, and prepare it again", e);
        } catch (IOException e) {
            throw new PreparedDatasetException("data set " + name + " could not be read from " + folder + ": " + reason(e)
                    + "; check the folder and its permissions", e);
        }
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        try {
            for (String entry : Folders.names(root)) {
                Path folder = root.resolve(entry);
                if (SafeNames.isSafe(entry) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && Files.isRegularFile(folder.resolve(INDEX), LinkOption.NOFOLLOW_LINKS)) {
                    names.add(entry);
                }
            }
        } catch (NoSuchFileException e) {
            return names;
        } catch (IOException e) {
            throw new PreparedDatasetException("the data sets in " + root + " could not be listed: " + reason(e)
                    + "; check the folder and its permissions", e);
        }
        return names;
    }

    @Override
    public void delete(String name) {
        Path folder = folder(name);
        // No new file is written, since a deletion must work on a full disk.
        Path trash = root.resolve(Draft.PREFIX + UUID.randomUUID());
        try {
            Files.move(folder, trash, StandardCopyOption.ATOMIC_MOVE);
            Folders.deleteQuietly(trash);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new PreparedDatasetException("data set " + name + " could not be deleted from " + root + ": "
                    + reason(e) + "; check the folder and its permissions", e);
        }
    }

    @Override
    public int clean(Duration abandoned) {
        if (abandoned.compareTo(SHORTEST_ABANDONED) < 0) {
            throw new IllegalArgumentException(
                    "abandoned must be at least 1 hour, but was " + abandoned);
        }
        Instant before = Instant.now().minus(abandoned);
        int removed = 0;
        try {
            removed += Draft.removeAbandoned(root);
            for (String entry : Folders.names(root)) {
                Path draft = root.resolve(entry);
                if (entry.startsWith(Draft.PREFIX) && !Draft.isLocked(draft) && Folders.lastTouched(draft).isBefore(before)) {
                    Folders.deleteQuietly(draft);
                    removed++;
                }
            }
        } catch (NoSuchFileException e) {
            return removed;
        } catch (IOException e) {
            throw new PreparedDatasetException("the drafts in " + root + " could not be removed: " + reason(e)
                    + "; check the folder and its permissions", e);
        }
        return removed;
    }

    private Path folder(String name) {
        Path folder = root.resolve(SafeNames.require("a data set's name", name));
        if (Files.isSymbolicLink(folder)) {
            throw new PreparedDatasetException("data set " + name + " is a link at " + folder
                    + ", and links are not followed; move the folder itself there");
        }
        return folder;
    }

    private static String reason(IOException failure) {
        return failure.getMessage() + " (" + failure.getClass().getSimpleName() + ")";
    }

    @Override
    public String toString() {
        return "FileSystemPreparedDatasets[" + root + "]";
    }
}
