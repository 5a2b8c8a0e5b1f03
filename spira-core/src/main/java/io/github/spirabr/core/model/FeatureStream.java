package io.github.spirabr.core.model;

import java.util.Iterator;
import java.util.List;

/**
 * Features of recordings, one after the other, made as they are pulled; only a bounded number is ever
 * in memory. Used by one thread, and closed by it.
 */
public interface FeatureStream extends Iterator<RecordingFeatures>, AutoCloseable {

    /** Features that are in memory already. */
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

    /** Stops what is still being made. */
    @Override
    void close();
}
