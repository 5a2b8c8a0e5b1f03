package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the audio files that rows name, each part of them named once. Used by one thread. */
final class ListedFiles {

    private static final int LONGEST_PATH = 4096;

    private final Places places;
    private final FaultList faults;
    private final FilesSeen seen;
    private final FilesOnDisk disk = new FilesOnDisk();
    private final @Nullable FilesBelow below;
    private MissingFiles missing;
    private boolean mustExist = true;
    private @Nullable FileAudioSource lastSource;
    private String lastPath = "";
    private Path lastFolder = Path.of("");

    /**
     * The places of audio files.
     *
     * @param root folder that relative paths start from
     * @param elsewhere source of the audio of an id, if it is not in files under the root
     */
    record Places(Path root, @Nullable Function<String, AudioSource> elsewhere) {}

    /**
     * The audio of a row.
     *
     * @param id the recording's id: its path from the root, in one spelling however it is written, and its part
     */
    record Found(String id, AudioSource audio) {}

    /**
     * Creates an instance without files.
     *
     * @param find true if files may lie in any folder below the root
     */
    ListedFiles(Places places, boolean find, FaultList faults) {
        this.places = places;
        this.faults = faults;
        this.seen = new FilesSeen(places.elsewhere != null
                ? (id, folder) -> id
                : (id, folder) -> composed(folder.resolve(id).toAbsolutePath().normalize().toString()));
        this.missing = new MissingFiles(faults, disk);
        this.below = find && places.elsewhere == null ? new FilesBelow(places.root) : null;
    }

    /** Returns a path in Unicode's normal form C. */
    static String composed(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC);
    }

    /**
     * Sums up the files that do not exist, after the last row.
     *
     * @param rows number of rows
     */
    void tellMissing(long rows) {
        missing.tell(rows);
    }

    /** Adds the faults of files that do not exist to other faults from now on. */
    void tellMissingTo(FaultList others) {
        missing = new MissingFiles(others, disk);
    }

    /** Accepts files that do not exist from now on. */
    void needNotExist() {
        mustExist = false;
    }

    /**
     * Returns the id of a whole file: its path from the folder, in one spelling however it is written, so that a relative and
     * an absolute path, {@code ./a.wav} and {@code a.wav}, and both forms of Unicode give one id.
     */
    static String id(String path, Path folder) {
        try {
            Path file = folder.getFileSystem().getPath(path).normalize();
            if (file.isAbsolute()) {
                Path base = folder.toAbsolutePath().normalize();
                file = Objects.equals(file.getRoot(), base.getRoot()) ? base.relativize(file) : file;
            }
            String id = file.toString().replace('\\', '/');
            return id.isEmpty() ? path : composed(id);
        } catch (InvalidPathException e) {
            // find() reports it.
            return path;
        }
    }

    /**
     * Returns the audio of a row; empty if a fault was reported.
     *
     * @param place place where it is listed
     * @param what name of the column there, such as {@code file_path}
     */
    Optional<Found> find(Place place, String what, String path, AudioPart part) {
        return find(place, what, path, part, places.root);
    }

    /** Returns the audio of a row as {@link #find(Place, String, String, AudioPart)} does, but under another root. */
    Optional<Found> find(Place place, String what, String path, AudioPart part, Path folder) {
        String whole = places.elsewhere == null ? id(path, folder) : path;
        if (PlainText.of(whole).isEmpty()) {
            faults.add("lines without an audio file", place.toString(), what + " is blank; name the audio file");
            return Optional.empty();
        }
        if (path.length() > LONGEST_PATH) {
            faults.add("paths that are too long", place.toString(), what + " must have at most " + LONGEST_PATH
                    + " characters, but has " + path.length() + "; correct it");
            return Optional.empty();
        }
        if (places.elsewhere != null) {
            String id = path + part.idSuffix();
            return isListedOnce(place, id, id, folder)
                    ? Optional.of(new Found(id, AudioSource.partOf(places.elsewhere.apply(path), part))) : Optional.empty();
        }
        try {
            return findFile(place, what, path, whole, part, folder);
        } catch (InvalidPathException e) {
            faults.add("paths that this machine cannot have", place.toString(), what + " '" + path
                    + "' is an invalid file name here ("
                    + e.getReason()
                    + "); correct it, or run Java in a UTF-8 locale such as C.UTF-8");
            return Optional.empty();
        }
    }

    /**
     * Returns the audio of a row in a file.
     *
     * @param whole the id of the file at this path
     */
    private Optional<Found> findFile(Place place, String what, String path, String whole, AudioPart part, Path folder) {
        Path file = folder.resolve(path);
        String known = path;
        if (below != null) {
            List<String> paths = below.paths(path);
            if (paths.size() > 1) {
                faults.add("audio files in several folders", place.toString(), "the audio file '" + path + "' is '" + paths.get(0)
                        + "' or '" + paths.get(1) + "'" + (paths.size() > 2 ? " or another one" : "") + "; write its folder too");
                return Optional.empty();
            }
            known = paths.isEmpty() ? path : paths.get(0);
        }
        String id = (known.equals(path) ? whole : id(known, folder)) + part.idSuffix();
        if (!isListedOnce(place, id, known + part.idSuffix(), folder)) {
            return Optional.empty();
        }
        // Only the name that is not in ASCII can be spelt otherwise on disk.
        Optional<String> found = mustExist || !FilesOnDisk.isAscii(known) ? disk.find(folder, known) : Optional.of(known);
        if (mustExist && found.isEmpty()) {
            missing.add(place, what, known, folder, file);
        }
        return Optional.of(new Found(id, AudioSource.partOf(source(folder, found.orElse(known)), part)));
    }

    /** Returns the source of a file; the same one for successive parts of a file, which saves memory. */
    private FileAudioSource source(Path folder, String path) {
        FileAudioSource before = lastSource;
        if (before != null && path.equals(lastPath) && folder.equals(lastFolder)) {
            return before;
        }
        FileAudioSource source = FileAudioSource.in(folder, path);
        lastSource = source;
        lastPath = path;
        lastFolder = folder;
        return source;
    }

    /** Returns whether a recording is listed for the first time. Its id is held, and must be the text that the recording holds. */
    private boolean isListedOnce(Place place, String id, String name, Path folder) {
        Optional<Place> before = seen.list(id, folder, place);
        before.ifPresent(one -> faults.add("audio files that are listed twice", place.toString(),
                "the audio file '" + name + "' is already listed in " + one + "; list it once"));
        return before.isEmpty();
    }
}
