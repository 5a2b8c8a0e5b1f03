package io.github.spirabr.core.model;

import java.util.Iterator;
import java.util.List;

/**
 * A stream of the features of recordings, computed on demand; only a bounded number is ever in memory. Used by one
 * thread, and closed by it.
 */
public interface FeatureStream extends Iterator<RecordingFeatures>, AutoCloseable {

    /** Returns a stream of features that are in memory already. */
    static FeatureStream of(List<RecordingFeatures> recordings) {
        Iterator<RecordingFeatures> all = List.copyOf(recordings).iterator();
        return new FeatureStream() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public RecordingFeatures next() {
                return all.next();
            }

            @Override
            public void close() {}
        };
    }

    /** Stops pending computations. */
    @Override
    void close();
}
