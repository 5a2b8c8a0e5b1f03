package io.github.spirabr.core.dataset;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.Label;
import java.util.List;
import java.util.Map;

/**
 * A recording that is ready for training: its id, subject, label and metadata, and the features of its windows.
 *
 * @param id unique within its data set
 * @param subject the speaker
 * @param label the class
 * @param metadata further columns of the manifest, by name
 * @param windows windows, in time order, at least one
 */
public record PreparedRecording(
        String id, String subject, Label label, Map<String, String> metadata, List<FeatureMatrix> windows) {

    /** Copies the collections; refuses an empty id, subject or list of windows. */
    public PreparedRecording {
        if (id.isBlank() || subject.isBlank()) {
            throw new IllegalArgumentException("id and subject of a prepared recording must not be blank, but were '"
                    + id + "' and '" + subject + "'");
        }
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("recording " + id + " has no windows");
        }
        metadata = Map.copyOf(metadata);
        windows = List.copyOf(windows);
    }
}
