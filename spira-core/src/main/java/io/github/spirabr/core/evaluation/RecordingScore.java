package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.recording.Label;
import java.util.List;

/**
 * What a model says of one recording.
 *
 * @param recording its id
 * @param subject who speaks
 * @param label what is true
 * @param probability of being a patient: that of the windows together (their mean by default), calibrated where that is
 *     asked for
 * @param windows the probability of each window, in time order; empty for an answer that is not made of windows, such as
 *     that of several models together
 */
public record RecordingScore(String recording, String subject, Label label, double probability, List<Double> windows) {

    /** Copies the list. */
    public RecordingScore {
        windows = List.copyOf(windows);
    }

    RecordingScore aggregated(Aggregation aggregation) {
        return windows.isEmpty() ? this : new RecordingScore(recording, subject, label,
                aggregation.of(windows.stream().mapToDouble(Double::doubleValue).toArray()), windows);
    }

    RecordingScore calibrated(TemperatureScaling calibration) {
        return new RecordingScore(recording, subject, label, calibration.apply(probability), windows);
    }
}
