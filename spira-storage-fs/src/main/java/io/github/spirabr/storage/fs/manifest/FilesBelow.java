package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.dataset.InvalidDatasetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files in all folders below a root, by their names. Used by one thread. */
final class FilesBelow {

    private final Path root;
    private @Nullable Map<String, List<String>> byName;

    FilesBelow(Path root) {
        this.root = root;
    }

    /**
     * Returns the paths from the root of the files that end in a path, in order; the path itself if there is such a file.
     *
     * @throws InvalidDatasetException if the folders below the root cannot be read
     */
    List<String> paths(String path) {
        String wanted = composed(path);
        if (root.getFileSystem().getPath(path).isAbsolute()) {
            return List.of();
        }
        List<String> named = index().getOrDefault(wanted.substring(wanted.lastIndexOf('/') + 1), List.of());
        if (named.stream().anyMatch(one -> composed(one).equals(wanted))) {
            return List.of(path);
        }
        return named.stream().filter(one -> composed(one).endsWith("/" + wanted)).toList();
    }

    private Map<String, List<String>> index() {
        Map<String, List<String>> known = byName;
        if (known == null) {
            known = new HashMap<>();
            try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    String name = composed(file.getFileName().toString());
                    known.computeIfAbsent(name, any -> new ArrayList<>(1)).add(root.relativize(file).toString().replace('\\', '/'));
                }
            } catch (IOException | UncheckedIOException e) {
                throw new InvalidDatasetException(root.toString(), List.of("the folders below it must be readable to find files, but"
                        + " were not (" + e.getMessage() + ")"));
            }
            byName = known;
        }
        return known;
    }

    private static String composed(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC);
    }
}
