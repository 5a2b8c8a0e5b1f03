package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.PlainText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds files by names that are written in either form of Unicode: some systems store {@code é} as one character, others as two.
 * Keeps the listings of a few folders. Used by one thread.
 */
final class FilesOnDisk {

    private static final int KEPT = 16;
    private static final Pattern ESCAPED = Pattern.compile("(%[0-9A-Fa-f]{2})+");

    private final Map<Path, Listing> listings = new LinkedHashMap<>();

    /** A way in which two names are alike. */
    private enum Likeness {
        /** Equal but for the form of Unicode. */
        FORM(ListedFiles::composed),
        /** Equal but for case and for blanks at the ends. */
        LETTERS(name -> PlainText.of(name).toLowerCase(Locale.ROOT)),
        /** Equal but for case, blanks at the ends and escapes of addresses, such as {@code %20} for a blank. */
        ESCAPES(name -> LETTERS.key.apply(unescaped(name))),
        /** Equal but for case, blanks at the ends, escapes and the ending. */
        STEM(name -> stem(ESCAPES.key.apply(name)));

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
     * @param firsts the first name of each key, for the likenesses that were asked for
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

    /**
     * Returns the path of a file that differs in case, in blanks at the ends of its names, in escapes of addresses, or in its
     * ending; below the innermost folder that exists of those that the path names.
     */
    Optional<String> nearest(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        Path folder = whole.getParent();
        if (folder == null) {
            return Optional.empty();
        }
        Path existing = folder;
        while (existing.getParent() != null && !Files.isDirectory(existing)) {
            existing = existing.getParent();
        }
        Path found = existing;
        for (Path part : existing.relativize(folder)) {
            Path outer = found;
            Optional<Path> inner = part.toString().isEmpty() ? Optional.of(outer)
                    : alike(outer, part.toString(), Likeness.LETTERS, Likeness.ESCAPES).filter(Files::isDirectory);
            if (inner.isEmpty()) {
                return Optional.empty();
            }
            found = inner.get();
        }
        Path start = existing;
        return alike(found, whole.getFileName().toString(), Likeness.LETTERS, Likeness.ESCAPES, Likeness.STEM)
                .filter(Files::isRegularFile).map(near -> start.relativize(near).toString());
    }

    private Optional<Path> alike(Path folder, String name, Likeness... likenesses) {
        Listing listing = listing(folder);
        return Stream.of(likenesses).flatMap(likeness -> listing.first(likeness, name).stream()).findFirst().map(folder::resolve);
    }

    private static String unescaped(String name) {
        return ESCAPED.matcher(name).replaceAll(escaped -> Matcher.quoteReplacement(new String(
                HexFormat.of().parseHex(escaped.group().replace("%", "")), StandardCharsets.UTF_8)));
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
