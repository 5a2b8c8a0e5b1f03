package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.PlainText;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds files by names that are written in either form of Unicode: some systems store {@code é} as one character, others as two.
 * Keeps the listings of a few folders. Used by one thread.
 */
final class FilesOnDisk {

    private static final int KEPT = 16;

    private final Map<Path, Listing> listings = new LinkedHashMap<>();

    /** A way in which two names are alike. */
    private enum Likeness {
        /** Equal but for the form of Unicode. */
        FORM(name -> Normalizer.normalize(name, Normalizer.Form.NFC)),
        /** Equal but for case and for blanks at the ends. */
        LETTERS(name -> PlainText.of(name).toLowerCase(Locale.ROOT)),
        /** Equal but for case, blanks at the ends and the ending. */
        STEM(name -> stem(LETTERS.key.apply(name)));

        /** Equal for names that are alike. */
        private final UnaryOperator<String> key;

        Likeness(UnaryOperator<String> key) {
            this.key = key;
        }
    }

    /**
     * The names in a folder.
     *
     * @param names names, in order
     * @param firsts the first name of each key for the likenesses that were asked for
     */
    private record Listing(List<String> names, Map<Likeness, Map<String, String>> firsts) {

        Optional<String> first(Likeness likeness, String name) {
            Map<String, String> known = firsts.computeIfAbsent(likeness, this::index);
            return Optional.ofNullable(known.get(likeness.key.apply(name)));
        }

        private Map<String, String> index(Likeness likeness) {
            Map<String, String> index = new HashMap<>();
            names.forEach(name -> index.putIfAbsent(likeness.key.apply(name), name));
            return index;
        }
    }

    /**
     * Returns the path of a file as it is spelt on disk, relative where the path is; empty if there is no such file.
     *
     * @param folder the folder that a relative path starts from
     */
    Optional<String> find(Path folder, String path) {
        if (Files.isRegularFile(folder.resolve(path))) {
            return Optional.of(path);
        }
        if (isAscii(path)) {
            return Optional.empty();
        }
        Path parts = folder.getFileSystem().getPath(path);
        Path found = parts.isAbsolute() ? parts.getRoot() : folder.getFileSystem().getPath("");
        for (Path part : parts) {
            Optional<String> name = name(folder.resolve(found), part.toString());
            if (name.isEmpty()) {
                return Optional.empty();
            }
            found = found.resolve(name.get());
        }
        return Files.isRegularFile(folder.resolve(found)) ? Optional.of(found.toString()) : Optional.empty();
    }

    static boolean isAscii(String path) {
        return path.chars().allMatch(one -> one < 128);
    }

    private Optional<String> name(Path folder, String name) {
        return Files.exists(folder.resolve(name))
                ? Optional.of(name) : listing(folder).first(Likeness.FORM, name);
    }

    /** Returns the name of a file in the same folder that differs in case, in blanks at its ends, or in its ending. */
    Optional<String> nearest(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null || file.getFileName() == null) {
            return Optional.empty();
        }
        String name = file.getFileName().toString();
        return listing(folder).first(Likeness.LETTERS, name).or(() -> listing(folder).first(Likeness.STEM, name))
                .filter(one -> Files.isRegularFile(folder.resolve(one)));
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private Listing listing(Path folder) {
        Path key = folder.toAbsolutePath().normalize();
        Listing known = listings.get(key);
        if (known == null) {
            known = new Listing(list(key), new EnumMap<>(Likeness.class));
            listings.put(key, known);
            if (listings.size() > KEPT) {
                listings.remove(listings.keySet().iterator().next());
            }
        }
        return known;
    }

    /** Returns the names in a folder, in order; none if it cannot be listed, where nothing can be found either. */
    private static List<String> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        names.sort(null);
        return names;
    }
}
