package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.dataset.InvalidDatasetException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        String wanted = ListedFiles.composed(path);
        if (root.getFileSystem().getPath(path).isAbsolute()) {
            return List.of();
        }
        Map<String, List<String>> known = index();
        if (exact.contains(wanted)) {
            return List.of(path);
        }
        return known.getOrDefault(ending(wanted), List.of()).stream().filter(one -> ListedFiles.composed(one).endsWith("/" + wanted))
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
            for (Path file : files()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                String composed = ListedFiles.composed(path);
                exact.add(composed);
                known.computeIfAbsent(composed.substring(composed.lastIndexOf('/') + 1), any -> new ArrayList<>(1)).add(path);
                known.computeIfAbsent(ending(composed), any -> new ArrayList<>(1)).add(path);
            }
            byEnding = known;
        }
        return known;
    }

    /** Returns all files below the root, sorted; a link to a folder that holds it is passed over. */
    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof FileSystemLoopException || Files.isSymbolicLink(file)) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new InvalidDatasetException(root.toString(), List.of("the folders below it must be readable to find files, but"
                    + " were not (" + e + "); change the permissions, or name another root"));
        }
        files.sort(null);
        return files;
    }
}
