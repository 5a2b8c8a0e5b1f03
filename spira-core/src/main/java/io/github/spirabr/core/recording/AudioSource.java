package io.github.spirabr.core.recording;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Where the encoded bytes of a recording are: a file, an object in a bucket, memory. Describing a
 * source reads nothing; it may be opened any number of times, from any thread.
 */
public interface AudioSource {

    /** A name for messages, such as a path relative to the manifest; not necessarily openable. */
    String name();

    /**
     * Opens the encoded bytes from their beginning; the caller closes the stream.
     *
     * @throws IOException if the bytes cannot be reached
     */
    InputStream open() throws IOException;

    /**
     * A text that changes whenever the bytes do, such as the entity tag of an object, by which copies of
     * them are told apart; empty if there is none. May ask whoever has the bytes.
     *
     * @throws IOException if that cannot be reached
     */
    default Optional<String> version() throws IOException {
        return Optional.empty();
    }
}
