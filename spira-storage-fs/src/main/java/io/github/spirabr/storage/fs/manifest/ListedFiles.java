package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.AudioSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the audio files that rows name, each named once. Used by one thread. */
final class ListedFiles {

    private final Path root;
    private final @Nullable Function<String, AudioSource> elsewhere;
    private final FaultList faults;
    private final FilesSeen seen;
    private final FilesOnDisk disk = new FilesOnDisk();
    private MissingFiles missing;
    private boolean mustExist = true;

    /**
     * Creates an instance without files.
     *
     * @param root folder that relative paths start from
     * @param elsewhere source of the audio of an id, if it is not in files under the root
     */
    ListedFiles(Path root, @Nullable Function<String, AudioSource> elsewhere, FaultList faults) {
        this.root = root;
        this.elsewhere = elsewhere;
        this.faults = faults;
        this.seen = new FilesSeen(elsewhere != null
                ? (id, folder) -> id
                : (id, folder) -> composed(folder.resolve(id).toAbsolutePath().normalize().toString()));
        this.missing = new MissingFiles(faults, disk);
    }

    private static String composed(String path) {
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

    /** Returns the id of a recording under the root; see {@link #id(String, Path)}. */
    String id(String path) {
        return elsewhere == null ? id(path, root) : path;
    }

    /**
     * Returns the id of a recording: its path from the folder, in one spelling however it is written, so that a relative and
     * an absolute path, {@code ./a.wav} and {@code a.wav}, and both forms of Unicode give one id.
     */
    static String id(String path, Path folder) {
        try {
            Path file = folder.getFileSystem().getPath(path).normalize();
            Path base = folder.toAbsolutePath().normalize();
            if (file.isAbsolute() && Objects.equals(file.getRoot(), base.getRoot())) {
                file = base.relativize(file);
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
    Optional<AudioSource> find(Place place, String what, String id) {
        return find(place, what, id, root);
    }

    /** Returns the audio of a row as {@link #find(Place, String, String)} does, but under another root. */
    Optional<AudioSource> find(Place place, String what, String id, Path folder) {
        if (PlainText.of(elsewhere == null ? id(id, folder) : id).isEmpty()) {
            faults.add("lines without an audio file", place.toString(), what + " is blank; name the audio file");
            return Optional.empty();
        }
        if (elsewhere != null) {
            return isListedOnce(place, id, folder) ? Optional.of(elsewhere.apply(id)) : Optional.empty();
        }
        Path file;
        try {
            file = folder.resolve(id);
        } catch (InvalidPathException e) {
            faults.add("paths that this machine cannot have", place.toString(), what + " '" + id
                    + "' is an invalid file name here ("
                    + e.getReason()
                    + "); correct it, or run Java in a UTF-8 locale such as C.UTF-8");
            return Optional.empty();
        }
        if (!isListedOnce(place, id, folder)) {
            return Optional.empty();
        }
        // Only the name that is not in ASCII can be spelt otherwise on disk.
        Optional<String> found = mustExist || !FilesOnDisk.isAscii(id) ? disk.find(folder, id) : Optional.of(id);
        if (mustExist && found.isEmpty()) {
            missing.add(place, what, id, folder, file);
        }
        return Optional.of(FileAudioSource.in(folder, found.orElse(id)));
    }

    private boolean isListedOnce(Place place, String id, Path folder) {
        Optional<Place> before = seen.list(id, folder, place);
        before.ifPresent(one -> faults.add("audio files that are listed twice", place.toString(),
                "the audio file '" + id + "' is already listed in " + one + "; list it once"));
        return before.isEmpty();
    }
}
