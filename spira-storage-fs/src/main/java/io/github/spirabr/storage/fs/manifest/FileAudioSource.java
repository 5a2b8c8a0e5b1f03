package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The encoded bytes of a recording in a file. Immutable and thread-safe. */
public final class FileAudioSource implements AudioSource {

    private final Path folder;
    private final String file;

    private FileAudioSource(Path folder, String file) {
        this.folder = folder;
        this.file = file;
    }

    /**
     * Returns a source of this file, which is not accessed before {@link #open()}.
     *
     * @param path path of the file; a relative one is relative to the working directory
     */
    public static FileAudioSource of(Path path) {
        return new FileAudioSource(path, "");
    }

    /** Returns a source of a file in a folder that many share; its path is made when it is needed, which saves memory. */
    static FileAudioSource in(Path folder, String file) {
        return new FileAudioSource(folder, file);
    }

    private Path path() {
        return file.isEmpty() ? folder : folder.resolve(file);
    }

    /** Returns the file's path, as it was given. */
    @Override
    public String name() {
        return path().toString();
    }

    /**
     * Opens the file at its beginning; the caller closes the stream.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if it cannot be opened
     */
    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(path());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileAudioSource that && path().equals(that.path());
    }

    @Override
    public int hashCode() {
        return path().hashCode();
    }

    @Override
    public String toString() {
        return "FileAudioSource[" + path() + "]";
    }
}
