package io.github.spirabr.core.training;

import java.util.Iterator;

/**
 * Features of recordings, one after the other, made as they are pulled; only a bounded number is ever
 * in memory. Used by one thread, and closed by it.
 */
public interface FeatureStream extends Iterator<RecordingFeatures>, AutoCloseable {

    /** Stops what is still being made. */
    @Override
    void close();
}
