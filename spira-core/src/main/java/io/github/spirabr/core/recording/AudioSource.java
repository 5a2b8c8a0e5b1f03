package io.github.spirabr.core.recording;

import java.io.IOException;
import java.io.InputStream;

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
}
