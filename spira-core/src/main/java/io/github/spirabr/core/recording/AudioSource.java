package io.github.spirabr.core.recording;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The location of a recording's encoded bytes: a file, an object in a bucket, memory. The recording is all of the sound in
 * them, or a {@link #part} of it. Creating a source reads nothing; it may be opened any number of times, from any thread.
 */
public interface AudioSource {

    /**
     * Returns a name for messages, such as a path relative to the manifest; not necessarily a path that can be opened.
     */
    String name();

    /**
     * Opens the encoded bytes of the whole file from their beginning; the caller closes the stream.
     *
     * @throws IOException if the bytes cannot be reached
     */
    InputStream open() throws IOException;

    /**
     * Returns a text that changes whenever the bytes do, such as the entity tag of an object; empty if there is none.
     * May contact the storage.
     *
     * @throws IOException if the storage cannot be reached
     */
    default Optional<String> version() throws IOException {
        return Optional.empty();
    }

    /**
     * Returns the part of the file that is the recording, by default {@link AudioPart#WHOLE}. Readers return the samples of
     * this part alone.
     */
    default AudioPart part() {
        return AudioPart.WHOLE;
    }

    /** Returns the source of the whole file; this one, unless it is a {@linkplain #partOf part} of another source. */
    default AudioSource whole() {
        return this;
    }

    /** A function that opens the encoded bytes anew each time. */
    @FunctionalInterface
    interface Opener {

        /**
         * Returns a stream at the beginning of the bytes.
         *
         * @throws IOException if they cannot be reached
         */
        InputStream open() throws IOException;
    }

    /**
     * Returns a source of encoded bytes in memory.
     *
     * @param name name for messages
     * @param bytes not copied, so that they must not be changed
     */
    static AudioSource ofBytes(String name, byte[] bytes) {
        return of(name, () -> new ByteArrayInputStream(bytes));
    }

    /**
     * Returns a source of encoded bytes from a stream, such as {@code () -> Files.newInputStream(path)}.
     *
     * @param name name for messages
     * @param opener called from any thread, each time that the bytes are read
     */
    static AudioSource of(String name, Opener opener) {
        return new AudioSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public InputStream open() throws IOException {
                return opener.open();
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }

    /**
     * Returns a source of a part of a file. Its name is that of the file with the part's text, its bytes and their version are
     * those of the file, and it equals a source of the same part of an equal file.
     *
     * @param file a source of a whole file
     * @param part {@link AudioPart#WHOLE} returns the file's source itself
     */
    static AudioSource partOf(AudioSource file, AudioPart part) {
        if (!file.part().isWhole()) {
            throw new IllegalArgumentException("file must be the source of a whole file, but was the part " + file.name()
                    + "; give the part of its whole() instead");
        }
        return part.isWhole() ? file : new PartOfSource(file, part);
    }
}
