package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.recording.AudioSource;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the audio files that rows name, each named once. Used by one thread. */
final class ListedFiles {

    private final Path root;
    private final @Nullable Function<String, AudioSource> elsewhere;
    private final Consumer<String> faults;
    private final Map<Object, String> placeOfFile = new HashMap<>();
    private boolean mustExist = true;

    /**
     * @param root that relative paths start from
     * @param elsewhere where the audio of an id is, if not in files under the root
     */
    ListedFiles(Path root, @Nullable Function<String, AudioSource> elsewhere, Consumer<String> faults) {
        this.root = root;
        this.elsewhere = elsewhere;
        this.faults = faults;
    }

    /** From now on nobody looks whether files are there. */
    void needNotExist() {
        mustExist = false;
    }

    /**
     * The audio of a row; empty if it is told of as a fault.
     *
     * @param place such as {@code line 3}
     * @param what how the file is called there, such as {@code file_path}
     */
    Optional<AudioSource> find(String place, String what, String id) {
        return find(place, what, id, root);
    }

    /** The same under another root. */
    Optional<AudioSource> find(String place, String what, String id, Path folder) {
        if (id.isBlank()) {
            faults.accept(place + ": " + what + " is blank; name the audio file");
            return Optional.empty();
        }
        if (elsewhere != null) {
            return isListedOnce(place, id, id) ? Optional.of(elsewhere.apply(id)) : Optional.empty();
        }
        Path file;
        try {
            file = folder.resolve(id);
        } catch (InvalidPathException e) {
            faults.accept(place + ": " + what + " '" + id + "' cannot be a file here (" + e.getReason()
                    + "); correct it, or run Java in a UTF-8 locale such as C.UTF-8");
            return Optional.empty();
        }
        if (!isListedOnce(place, id, file.toAbsolutePath().normalize().toString())) {
            return Optional.empty();
        }
        if (mustExist && !Files.isRegularFile(file)) {
            faults.accept(place + ": there is no audio file '" + id + "' (looked for " + file
                    + "); correct " + what + ", or set the root folder");
        }
        return Optional.of(FileAudioSource.of(file));
    }

    private boolean isListedOnce(String place, String id, Object file) {
        String before = placeOfFile.putIfAbsent(file, place);
        if (before != null) {
            faults.accept(place + ": the audio file '" + id + "' is already listed in " + before + "; list it once");
        }
        return before == null;
    }
}
