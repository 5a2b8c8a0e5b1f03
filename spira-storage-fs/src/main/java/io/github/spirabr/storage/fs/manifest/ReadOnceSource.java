package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.recording.AudioSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The bytes of a pipe or of standard input, which can be read once only; held in memory from then on. Thread-safe. */
final class ReadOnceSource implements AudioSource {

    private static final int LARGEST = 1 << 28;

    private final AudioSource pipe;
    private byte @Nullable [] bytes;

    ReadOnceSource(AudioSource pipe) {
        this.pipe = pipe;
    }

    /**
     * Returns whether a path is no file that can be opened again, but a pipe, a device or an open file of this process such as
     * {@code /dev/stdin}.
     */
    static boolean isPipe(Path path) {
        return Files.exists(path) && !Files.isDirectory(path)
                && (!Files.isRegularFile(path) || isOpenFile(path.toAbsolutePath()));
    }

    private static boolean isOpenFile(Path path) {
        return Stream.of("/dev/stdin", "/dev/fd", "/proc/self/fd").anyMatch(path::startsWith);
    }

    @Override
    public String name() {
        return pipe.name();
    }

    @Override
    public synchronized InputStream open() throws IOException {
        if (bytes == null) {
            try (InputStream in = pipe.open()) {
                byte[] read = in.readNBytes(LARGEST + 1);
                if (read.length > LARGEST) {
                    throw new IOException("it is a pipe of more than " + LARGEST + " bytes; write it to a file");
                }
                bytes = read;
            }
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public String toString() {
        return "ReadOnceSource[" + name() + "]";
    }
}
