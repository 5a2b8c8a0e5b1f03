package io.github.spirabr.core.dataset;

import java.time.Duration;
import java.util.Iterator;
import java.util.SortedSet;

/**
 * Port: keeps prepared data sets, each immutable and under a name of its own. Safe for any number of
 * threads and processes: a data set is there whole or not at all.
 */
public interface PreparedDatasetRepository {

    /**
     * Saves a data set. Recordings are pulled one by one, so that memory holds one of them at a time.
     *
     * @param name not yet taken; see {@link io.github.spirabr.core.SafeNames#require}
     * @param fingerprint of all that the features depend on: recordings, settings, seed; 64 lower-case
     *     hexadecimal digits
     * @param recordings with unique ids, at least one
     * @throws PreparedDatasetException if the name is taken, or it cannot be stored; then nothing of it is
     *     visible
     */
    void save(String name, String fingerprint, Iterator<PreparedRecording> recordings);

    /**
     * Opens a data set without reading its features; the caller closes it.
     *
     * @throws PreparedDatasetException if there is none of this name, or it is not as it was saved
     */
    PreparedDataset open(String name);

    /** The names of all data sets, sorted. */
    SortedSet<String> names();

    /**
     * Deletes a data set; does nothing if there is none. Who has it open may not be able to read on.
     *
     * @throws PreparedDatasetException if it cannot be deleted
     */
    void delete(String name);

    /**
     * Removes what broken-off saves left.
     *
     * @param abandoned how long a draft must not have been touched, at least an hour
     * @return how many drafts were removed
     */
    int clean(Duration abandoned);
}
