package io.github.spirabr.core.dataset;

import io.github.spirabr.core.recording.Label;
import java.util.List;
import java.util.Map;

/**
 * Recordings with their features, as they were saved. Opening it reads no features; each recording's
 * are read when they are asked for, and checked. Thread-safe until it is closed.
 */
public interface PreparedDataset extends AutoCloseable {

    /**
     * What is known of a recording without its features.
     *
     * @param id unique within the data set
     * @param subject who speaks
     * @param label the class
     * @param metadata further columns of the manifest, by name
     * @param windows how many it has
     * @param bytes that its features take where they are stored
     */
    record Entry(String id, String subject, Label label, Map<String, String> metadata, int windows, long bytes) {

        /** Copies the metadata. */
        public Entry {
            metadata = Map.copyOf(metadata);
        }
    }

    /** The name that it was saved under. */
    String name();

    /** What its features depend on, as 64 hexadecimal digits: whoever prepares anew compares it. */
    String fingerprint();

    /** All recordings, in the order in which they were saved. */
    List<Entry> entries();

    /**
     * Reads a recording.
     *
     * @param index of its entry
     * @throws PreparedDatasetException if it cannot be read, or is not as it was saved
     * @throws IllegalStateException if the data set was closed
     */
    PreparedRecording read(int index);

    /** Releases what reading needs. */
    @Override
    void close();
}
