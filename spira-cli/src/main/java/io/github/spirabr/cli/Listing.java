package io.github.spirabr.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The audio files that somebody names, by themselves or by their folder. */
final class Listing {

    /** Endings of files that may hold sound. */
    private static final Set<String> ENDINGS = Set.of("wav", "ogg", "oga", "opus", "flac", "mp3", "m4a", "mp4", "aac", "webm", "mka",
            "wma", "amr", "3gp", "aif", "aiff", "caf", "au");

    /** Stands for bytes that are no character. */
    private static final char REPLACEMENT = '\uFFFD';

    private Listing() {}

    /**
     * Files as they are named; of a folder all audio files in it and below, by their endings, in the order of their paths.
     *
     * @throws IllegalArgumentException if a folder holds none, or the name of a file is not UTF-8
     */
    static List<Path> audioFiles(List<Path> named) {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                files.addAll(below(path));
            } else {
                files.add(path);
            }
        }
        files.forEach(Listing::requireName);
        return files;
    }

    /** Two names that are no UTF-8 could read as one. */
    private static void requireName(Path file) {
        if (file.toString().indexOf(REPLACEMENT) >= 0) {
            throw new IllegalArgumentException("the name of a file must be UTF-8, but " + file + " is not; rename it");
        }
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(Files::isRegularFile).filter(Listing::mayHoldSound).sorted().toList();
            if (files.isEmpty()) {
                throw new IllegalArgumentException("the folder " + folder + " holds no audio file (looked for the endings "
                        + ENDINGS.stream().sorted().toList() + "); name another folder, or the files themselves");
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static boolean mayHoldSound(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
