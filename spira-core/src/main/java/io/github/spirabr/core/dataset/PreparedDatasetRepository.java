package io.github.spirabr.core.dataset;

import java.time.Duration;
import java.util.Iterator;
import java.util.SortedSet;

/**
 * Port: a repository of prepared data sets, each immutable and with its own name. Safe for any number of threads and
 * processes: data sets are stored atomically.
 */
public interface PreparedDatasetRepository {

    /**
     * Saves a data set. Recordings are pulled one by one, so that memory holds one of them at a time.
     *
     * @param name not yet taken; see {@link io.github.spirabr.core.internal.adapter.SafeNames#require}
     * @param fingerprint fingerprint of all that the features depend on: recordings, settings, seed; 64 lower-case
     *     hexadecimal digits
     * @param recordings at least one, with unique ids
     * @throws PreparedDatasetException if the name is taken, or it cannot be stored; then nothing of it is
     *     visible
     */
    void save(String name, String fingerprint, Iterator<PreparedRecording> recordings);

    /**
     * Opens a data set without reading its features; the caller closes it.
     *
     * @throws PreparedDatasetException if no data set has this name, or it differs from the saved one
     */
    PreparedDataset open(String name);

    /** Returns the names of all data sets, sorted. */
    SortedSet<String> names();

    /**
     * Deletes a data set; does nothing if it does not exist. Readers that have it open may fail afterwards.
     *
     * @throws PreparedDatasetException if it cannot be deleted
     */
    void delete(String name);

    /**
     * Removes drafts left by interrupted saves.
     *
     * @param abandoned minimum time since a draft was last changed, at least an hour
     * @return the number of removed drafts
     */
    int clean(Duration abandoned);
}
