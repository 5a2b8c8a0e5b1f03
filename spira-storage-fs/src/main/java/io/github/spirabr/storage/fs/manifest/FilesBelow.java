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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files in all folders below a root, by their names. Used by one thread. */
final class FilesBelow {

    /** As many as a fault names, and one. */
    private static final int MOST = 3;

    private final Path root;
    /** Paths by their names, and by their names with the folder. */
    private @Nullable Map<String, List<String>> byEnding;
    private final Set<String> exact = new HashSet<>();

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
        Map<String, List<String>> known = index();
        if (exact.contains(wanted)) {
            return List.of(path);
        }
        return known.getOrDefault(ending(wanted), List.of()).stream().filter(one -> composed(one).endsWith("/" + wanted))
                .limit(MOST).toList();
    }

    /** Returns the name of a file with its folder, if the path has one. */
    private static String ending(String path) {
        int name = path.lastIndexOf('/');
        return path.substring(name < 0 ? 0 : path.lastIndexOf('/', name - 1) + 1);
    }

    private Map<String, List<String>> index() {
        Map<String, List<String>> known = byEnding;
        if (known == null) {
            known = new HashMap<>();
            try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    String path = root.relativize(file).toString().replace('\\', '/');
                    String composed = composed(path);
                    exact.add(composed);
                    known.computeIfAbsent(composed.substring(composed.lastIndexOf('/') + 1), any -> new ArrayList<>(1)).add(path);
                    known.computeIfAbsent(ending(composed), any -> new ArrayList<>(1)).add(path);
                }
            } catch (IOException | UncheckedIOException e) {
                throw new InvalidDatasetException(root.toString(), List.of("the folders below it must be readable to find files, but"
                        + " were not (" + e.getMessage() + ")"));
            }
            byEnding = known;
        }
        return known;
    }

    private static String composed(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC);
    }
}
