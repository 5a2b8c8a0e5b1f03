package io.github.spirabr.core.preprocessing;

import java.util.List;
import java.util.Optional;

/**
 * Port: keeps features that do not depend on a random draw, so that the next run need not compute
 * them. Safe for any number of threads and processes. A cache never stops the work: what it cannot
 * give is computed again.
 */
public interface FeatureCache {

    /**
     * The features that were put under this key, bit for bit.
     *
     * @param key 64 lower-case hexadecimal digits: a SHA-256 over the recording's content and all that its features
     *     depend on
     * @return empty if there are none, or if the entry is broken
     */
    Optional<List<FeatureMatrix>> get(String key);

    /**
     * Keeps the features, unless they do not fit; what is there under this key already stays.
     *
     * @param key as for {@link #get}
     * @param windows of one recording, in time order, at least one
     */
    void put(String key, List<FeatureMatrix> windows);
}
