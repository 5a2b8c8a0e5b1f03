package io.github.spirabr.cli;

import io.github.spirabr.core.SpiraException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Files that belong together: all of them appear, whole, or none. */
final class WholeFiles {

    /** Bytes of a file that is written to see whether files can be. */
    private static final int ATTEMPT = 4096;

    private WholeFiles() {}

    /**
     * Writes files into a folder, which is made if it does not exist.
     *
     * @param contents contents by the names of the files
     * @throws UnwritableException if the disk does not take them all
     */
    static void writeInto(Path folder, Map<String, byte[]> contents) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " could not be made; check its permissions", e);
        }
        Map<Path, byte[]> files = new LinkedHashMap<>();
        contents.forEach((name, bytes) -> files.put(folder.resolve(name), bytes));
        write(files);
    }

    /**
     * Writes files of one folder; those that are there are replaced.
     *
     * @throws UnwritableException if the disk does not take them all
     */
    static void write(Map<Path, byte[]> contents) {
        Map<Path, Path> drafts = new LinkedHashMap<>();
        try {
            for (Map.Entry<Path, byte[]> entry : contents.entrySet()) {
                Path file = entry.getKey().toAbsolutePath();
                if (Files.isDirectory(file)) {
                    throw new FileSystemException(file.toString(), null, "is a folder");
                }
                // No temporary file of the JDK: only its owner could read what others were promised.
                Path draft = file.resolveSibling(".spira-" + UUID.randomUUID());
                drafts.put(draft, file);
                Files.write(draft, entry.getValue(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
            for (Map.Entry<Path, Path> entry : drafts.entrySet()) {
                Files.move(entry.getKey(), entry.getValue(),
                        StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UnwritableException(names(contents) + " could not be written: " + e + "; " + advice(e), e);
        } finally {
            drafts.keySet().forEach(WholeFiles::discard);
        }
    }

    /**
     * Checks that files can be written into a folder, or that it can be made, before the work whose result they hold.
     *
     * @throws UnwritableException if not
     */
    static void requireWritable(Path folder) {
        Path existing = folder.toAbsolutePath();
        while (Files.notExists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        Path attempt = existing.resolve(".spira-" + UUID.randomUUID());
        try {
            Files.write(attempt, new byte[ATTEMPT], StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UnwritableException(folder + " could not be written to: " + e + "; " + advice(e), e);
        } finally {
            discard(attempt);
        }
    }

    private static String advice(IOException e) {
        return String.valueOf(e.getMessage()).contains("name too long")
                ? "choose a shorter name"
                : "check the folder, its permissions and the free space";
    }

    private static String names(Map<Path, byte[]> contents) {
        return contents.keySet().stream().map(Path::toString).collect(Collectors.joining(" and "));
    }

    private static void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            // A hidden file stays; the failure that led here matters more.
            return;
        }
    }

    /** The disk does not take it. */
    static final class UnwritableException extends SpiraException {

        private static final long serialVersionUID = 1L;

        UnwritableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
