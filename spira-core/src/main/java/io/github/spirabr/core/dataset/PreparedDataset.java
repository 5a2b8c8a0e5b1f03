package io.github.spirabr.core.dataset;

import io.github.spirabr.core.recording.Label;
import java.util.List;
import java.util.Map;

/**
 * Recordings with their features, as saved. Opening it reads no features; each recording's features are read and
 * checked on demand. Thread-safe until it is closed.
 */
public interface PreparedDataset extends AutoCloseable {

    /**
     * The entry of a recording, without its features.
     *
     * @param id unique within the data set
     * @param subject the speaker
     * @param label the class
     * @param metadata further columns of the manifest, by name
     * @param windows number of windows
     * @param bytes stored size of the features
     */
    record Entry(String id, String subject, Label label, Map<String, String> metadata, int windows, long bytes) {

        /** Copies the metadata. */
        public Entry {
            metadata = Map.copyOf(metadata);
        }
    }

    /** Returns the name that it was saved under. */
    String name();

    /**
     * Returns the fingerprint of all that the features depend on, as 64 hexadecimal digits, which tells whether they
     * must be prepared again.
     */
    String fingerprint();

    /** Returns all recordings, in the order in which they were saved. */
    List<Entry> entries();

    /**
     * Reads a recording.
     *
     * @param index index of its entry
     * @throws PreparedDatasetException if it cannot be read, or differs from the saved data set
     * @throws IllegalStateException if the data set was closed
     */
    PreparedRecording read(int index);

    /** Releases the resources needed for reading. */
    @Override
    void close();
}
