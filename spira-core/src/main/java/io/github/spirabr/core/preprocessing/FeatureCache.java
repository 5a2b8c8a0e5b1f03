package io.github.spirabr.core.preprocessing;

import java.util.List;
import java.util.Optional;

/**
 * Port: keeps the features of recordings, so that they are made once. It is there for speed alone:
 * whoever finds nothing makes the features again. Safe for any number of threads and processes.
 *
 * <p>A key is 64 lower-case hexadecimal digits: the SHA-256 of the recording's encoded bytes and of
 * the fingerprint of all settings that its features depend on. So a key has one value for ever.
 */
public interface FeatureCache {

    /**
     * The features of all windows, in time order; empty if there are none, or if what was kept is
     * broken, which is never an exception.
     *
     * @throws IllegalArgumentException if the key is none
     */
    Optional<List<FeatureMatrix>> get(String key);

    /**
     * Keeps the features of a recording. May be refused silently, such as when they do not fit.
     *
     * @param windows in time order, at least one
     * @throws IllegalArgumentException if the key is none, or there is no window
     */
    void put(String key, List<FeatureMatrix> windows);
}
