package io.github.spirabr.storage.fs.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Operations on folders that the stores share. */
public final class Folders {

    private Folders() {}

    /**
     * Reads a whole file.
     *
     * @throws java.nio.file.NoSuchFileException if it does not exist
     * @throws FileSystemException if it is a link
     */
    public static byte[] read(Path file) throws IOException {
        requireNoLink(file);
        return Files.readAllBytes(file);
    }

    /** Refuses a link, which may lead out of the store, or to the file of another. */
    static void requireNoLink(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new FileSystemException(file.toString(), null, "is a link, and links are not followed; put the file itself there");
        }
    }

    /** Writes a new file and waits until it has reached the disk. */
    public static void writeDurably(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Writes a file unless it exists, and waits until it has reached the disk. */
    public static void writeOnce(Path file, byte[] content) throws IOException {
        try {
            writeDurably(file, content);
        } catch (FileAlreadyExistsException e) {
            return;
        }
    }

    /**
     * Replaces a file, so that readers see either the old content or the new one.
     *
     * @param draft file of a name that is used under the caller's lock alone; one that is there is of a process that was killed
     */
    public static void replaceUnderLock(Path file, Path draft, byte[] content) throws IOException {
        try {
            Files.deleteIfExists(draft);
            writeDurably(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Path folder = file.getParent();
            if (folder != null) {
                flush(folder);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Waits until a folder's entries have reached the disk, where the system can do that. */
    public static void flush(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows and some network file systems do not open folders; they order such changes themselves.
            return;
        }
    }

    /** Returns the names of a folder's entries, sorted. */
    public static SortedSet<String> names(Path folder) throws IOException {
        SortedSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** Returns the time at which a file, or anything in a folder, was last written. */
    public static Instant lastTouched(Path file) throws IOException {
        Instant latest = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            for (String name : names(file)) {
                Instant touched = lastTouched(file.resolve(name));
                latest = touched.isAfter(latest) ? touched : latest;
            }
        }
        return latest;
    }

    /** Deletes a folder with all it holds, as far as possible; does nothing if it does not exist. */
    public static void deleteQuietly(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            // What stays is a draft, which no reader looks at; the failure that led here matters more.
            return;
        }
    }
}
