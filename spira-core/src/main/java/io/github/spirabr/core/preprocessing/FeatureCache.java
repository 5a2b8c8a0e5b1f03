package io.github.spirabr.core.preprocessing;

import java.util.List;
import java.util.Optional;

/**
 * Port: a cache of the features of recordings, so that they are computed once. It only saves time: on a miss the
 * features are computed again. Safe for any number of threads and processes.
 *
 * <p>A key is 64 lower-case hexadecimal digits: the SHA-256 of the recording's encoded bytes and of the fingerprint of
 * all settings that its features depend on. The value of a key therefore never changes.
 */
public interface FeatureCache {

    /**
     * Returns the features of all windows, in time order; empty on a miss or if the stored entry is damaged, which
     * never throws an exception.
     *
     * @throws IllegalArgumentException if the key is invalid
     */
    Optional<List<FeatureMatrix>> get(String key);

    /**
     * Stores the features of a recording. Implementations may silently skip this, for example when the features do not
     * fit.
     *
     * @param windows windows, in time order, at least one
     * @throws IllegalArgumentException if the key is invalid, or there is no window
     */
    void put(String key, List<FeatureMatrix> windows);
}
