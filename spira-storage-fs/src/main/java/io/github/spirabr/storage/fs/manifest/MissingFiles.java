package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The audio files that a list names and that do not exist. A few are told one by one; of many, the number, examples and the
 * folder that they probably lie in, since audio that was not copied yet is one fault and not thousands. Used by one thread.
 */
final class MissingFiles {

    private static final String KIND = "audio files that do not exist";
    private static final int FEW = 10;
    private static final int EXAMPLES = 5;
    private static final int TRIED_FOLDERS = 200;
    /** Entries that are looked at on each level of folders. */
    private static final int TRIED_ENTRIES = 20_000;

    private final FaultList faults;
    private final FilesOnDisk disk;
    private final List<Missing> first = new ArrayList<>();
    private long count;

    /**
     * A missing file.
     *
     * @param folder the folder that relative paths start from
     * @param near a clause about a file of nearly the same name, or empty
     */
    private record Missing(Place place, String what, String path, Path folder, String near) {}

    MissingFiles(FaultList faults, FilesOnDisk disk) {
        this.faults = faults;
        this.disk = disk;
    }

    void add(Place place, String what, String path, Path folder, Path file) {
        if (++count <= FEW) {
            String near = disk.nearest(file).map(name -> "; there is '" + name + "'").orElse("");
            first.add(new Missing(place, what, path, folder, near));
            faults.add(KIND, place.toString(), "there is no audio file '" + path + "' (looked for " + file + ")" + near
                    + "; correct " + what + ", or set the root folder");
        }
    }

    /**
     * Sums up, after the last row.
     *
     * @param rows number of rows
     */
    void tell(long rows) {
        if (count == 0) {
            return;
        }
        Missing one = first.get(0);
        Optional<String> advice = likelyRoot(one.folder).map(folder -> "they exist below " + folder + ": set the root folder to it")
                .or(() -> commonFolder().map(folder -> "there is no folder " + folder + "; correct " + one.what
                        + ", or set the root folder to where the files are"));
        if (count > FEW) {
            String examples = first.stream().limit(EXAMPLES).map(each -> "'" + each.path + "' (" + each.place + ")")
                    .collect(Collectors.joining(", "));
            faults.sumUp(KIND, count + " of " + rows + " audio files do not exist, such as " + examples + "; looked for in "
                    + one.folder.toAbsolutePath().normalize() + one.near + "; "
                    + advice.orElse("correct " + one.what + ", or set the root folder to where the files are"));
        } else if (count > 1 && likelyRoot(one.folder).isPresent()) {
            faults.add("the root folder", "", "the missing audio files: " + advice.orElseThrow());
        }
    }

    /** Returns a folder near the root below which all of the first missing files exist. */
    private Optional<Path> likelyRoot(Path root) {
        List<String> paths = first.stream().map(Missing::path).toList();
        return nearFolders(root).stream()
                .filter(folder -> paths.stream().allMatch(path -> disk.find(folder, path).isPresent()))
                .findFirst();
    }

    /** Returns the folders inside of the root, beside it and above it, at most two levels away. */
    private static Set<Path> nearFolders(Path root) {
        Path base = root.toAbsolutePath().normalize();
        Set<Path> folders = new LinkedHashSet<>(inside(base, 2));
        Path above = base.getParent();
        for (int level = 0; level < 2 && above != null; level++) {
            folders.add(above);
            folders.addAll(inside(above, 1));
            above = above.getParent();
        }
        folders.remove(base);
        return folders;
    }

    /** Returns the folders inside of a folder: the outer ones first, in the order of their names, and a limited number. */
    private static List<Path> inside(Path folder, int levels) {
        List<Path> all = new ArrayList<>();
        List<Path> level = List.of(folder);
        for (int depth = 0; depth < levels && !level.isEmpty(); depth++) {
            int entries = TRIED_ENTRIES / level.size();
            level = level.stream().flatMap(one -> foldersIn(one, entries).stream()).limit(TRIED_FOLDERS).toList();
            all.addAll(level);
        }
        return all.subList(0, Math.min(TRIED_FOLDERS, all.size()));
    }

    /** Returns the folders among the first entries of a folder, in order. */
    private static List<Path> foldersIn(Path folder, int limit) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            Iterator<Path> each = entries.iterator();
            for (int i = 0; i < limit && each.hasNext(); i++) {
                Path entry = each.next();
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A folder that may not be listed is not where the files are.
            return List.of();
        }
        folders.sort(null);
        return folders;
    }

    /** Returns the outermost folder that all of the first missing files need and that does not exist. */
    private Optional<Path> commonFolder() {
        Set<Path> folders = first.stream().map(one -> {
            Path file = one.folder.resolve(one.path).toAbsolutePath().normalize();
            Path missing = file;
            while (missing.getParent() != null && !Files.exists(missing.getParent())) {
                missing = missing.getParent();
            }
            return missing.equals(file) ? file.getRoot() : missing;
        }).collect(Collectors.toSet());
        return folders.size() == 1 ? folders.stream().filter(folder -> folder.getNameCount() > 0).findFirst() : Optional.empty();
    }
}
