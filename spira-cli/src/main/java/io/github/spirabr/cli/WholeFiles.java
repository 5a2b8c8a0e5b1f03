package io.github.spirabr.cli;

import io.github.spirabr.core.SpiraException;
import java.io.IOException;
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

    private WholeFiles() {}

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
                Path draft = file.resolveSibling("." + file.getFileName() + "-" + UUID.randomUUID());
                drafts.put(draft, file);
                Files.write(draft, entry.getValue(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
            for (Map.Entry<Path, Path> entry : drafts.entrySet()) {
                Files.move(entry.getKey(), entry.getValue(),
                        StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UnwritableException(names(contents) + " cannot be written: " + e
                    + "; check the folder, its permissions and the free space", e);
        } finally {
            drafts.keySet().forEach(WholeFiles::discard);
        }
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
