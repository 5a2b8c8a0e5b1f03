package io.github.spirabr.core.model;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.Recording;
import java.util.List;

/**
 * The features of all windows of one recording.
 *
 * @param recording the recording that the features belong to
 * @param windows windows, in time order, at least one
 */
public record RecordingFeatures(Recording recording, List<FeatureMatrix> windows) {

    /** Copies the list. */
    public RecordingFeatures {
        windows = List.copyOf(windows);
    }
}
