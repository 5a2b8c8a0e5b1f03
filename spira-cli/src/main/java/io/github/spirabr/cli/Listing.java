package io.github.spirabr.cli;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.internal.adapter.AudioNames;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The audio files that the user names, one by one or by folder. Every file of a folder is included, whatever its ending,
 * because only its content shows whether it is audio. Links are followed, and no file or folder is visited twice. Files that
 * are left out are counted. Used by one thread.
 */
final class Listing {

    /** A reason to leave something in a folder out. */
    private enum LeftOut {
        HIDDEN("hidden"),
        LISTED("listed already under another name"),
        SPECIAL("neither file nor folder"),
        NO_AUDIO("without audio");

        private final String text;

        LeftOut(String text) {
            this.text = text;
        }
    }

    /** A folder, file or link that cannot be read, and the message about it. */
    record Fault(Path path, String message) {}

    private static final Set<AudioException.Reason> WITHOUT_AUDIO = EnumSet.of(
            AudioException.Reason.NOT_AUDIO, AudioException.Reason.NO_AUDIO_STREAM, AudioException.Reason.EMPTY);

    /** Stands for bytes that are no character. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final int EXAMPLES = 5;

    private final List<Path> files = new ArrayList<>();
    private final Set<Path> named = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<LeftOut, List<Path>> leftOut = new EnumMap<>(LeftOut.class);
    private final Set<Path> visited = new HashSet<>();
    private final Deque<Path> links = new ArrayDeque<>();

    private Listing() {}

    /**
     * Lists the named files in their order. For a folder it lists all files in it and in its subfolders, sorted by path.
     *
     * @throws IllegalArgumentException if a folder holds no files, or the name of a file is not UTF-8
     */
    static Listing of(List<Path> named) {
        Listing listing = new Listing();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                listing.below(path);
            } else {
                listing.files.add(path);
                listing.named.add(path);
            }
        }
        listing.files.forEach(Listing::requireName);
        return listing;
    }

    List<Path> files() {
        return files;
    }

    /** Returns the folders that cannot be listed, and the links whose target does not exist. */
    List<Fault> faults() {
        return faults;
    }

    /** Returns whether a file of a folder holds no audio and has no ending of an audio file; such a file is counted. */
    boolean leavesOut(Path file, AudioException failure) {
        boolean left = WITHOUT_AUDIO.contains(failure.reason()) && !named.contains(file) && !AudioNames.isAudio(file.toString());
        if (left) {
            leaveOut(LeftOut.NO_AUDIO, file);
        }
        return left;
    }

    /**
     * Checks that not every file was left out.
     *
     * @throws IllegalArgumentException if none of them holds sound
     */
    void requireAudio() {
        if (faults.isEmpty() && leftOut.getOrDefault(LeftOut.NO_AUDIO, List.of()).size() == files.size()) {
            throw new IllegalArgumentException("no file of the named folders holds audio; name another folder, or the files"
                    + " themselves");
        }
    }

    /** Returns a line for each reason to leave files out: their number and a few of them. */
    List<String> leftOut() {
        return leftOut.entrySet().stream()
                .map(entry -> "left out, " + entry.getKey().text + ": " + examples(entry.getValue()))
                .toList();
    }

    private static String examples(List<Path> paths) {
        return paths.size() + " (" + paths.stream().limit(EXAMPLES).map(Path::toString).collect(Collectors.joining(", "))
                + (paths.size() > EXAMPLES ? ", …)" : ")");
    }

    /** Two names that are no UTF-8 could read as one. */
    private static void requireName(Path file) {
        if (file.toString().indexOf(REPLACEMENT) >= 0) {
            throw new IllegalArgumentException("the name of a file must be UTF-8, but " + file + " is not; rename it");
        }
    }

    /** Links come last, so that a file keeps its own name where it has one. */
    private void below(Path folder) {
        int firstFile = files.size();
        int firstFault = faults.size();
        visited.clear();
        visitFolder(folder);
        while (!links.isEmpty()) {
            Path link = links.remove();
            if (!Files.exists(link)) {
                faults.add(new Fault(link, "the target of link " + link + " does not exist; restore it, or remove the link"));
            } else {
                visit(link);
            }
        }
        if (files.size() == firstFile && faults.size() == firstFault) {
            throw new IllegalArgumentException("the folder " + folder + " holds no audio file; name another folder, or the files"
                    + " themselves");
        }
        Collections.sort(files.subList(firstFile, files.size()));
    }

    private void visit(Path path) {
        if (Files.isDirectory(path)) {
            visitFolder(path);
        } else if (!Files.isRegularFile(path)) {
            leaveOut(LeftOut.SPECIAL, path);
        } else if (isNew(path)) {
            files.add(path);
        }
    }

    private void visitFolder(Path folder) {
        if (!isNew(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                if (String.valueOf(entry.getFileName()).startsWith(".")) {
                    leaveOut(LeftOut.HIDDEN, entry);
                } else if (Files.isSymbolicLink(entry)) {
                    links.add(entry);
                } else {
                    visit(entry);
                }
            }
        } catch (IOException e) {
            faults.add(unlisted(folder, e));
        }
    }

    private boolean isNew(Path path) {
        try {
            boolean first = visited.add(path.toRealPath());
            if (!first) {
                leaveOut(LeftOut.LISTED, path);
            }
            return first;
        } catch (IOException e) {
            faults.add(unlisted(path, e));
            return false;
        }
    }

    private static Fault unlisted(Path path, IOException e) {
        return new Fault(path, path + " could not be read: "
                + (e instanceof AccessDeniedException ? "permission denied; change its permissions, or run as another user" : e));
    }

    private void leaveOut(LeftOut reason, Path path) {
        leftOut.computeIfAbsent(reason, one -> new ArrayList<>()).add(path);
    }
}
