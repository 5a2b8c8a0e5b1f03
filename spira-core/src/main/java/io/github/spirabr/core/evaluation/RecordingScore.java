package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.recording.Label;
import java.util.List;

/**
 * A model's answer for one recording.
 *
 * @param recording its id
 * @param subject the speaker
 * @param label the true class
 * @param probability probability of the patient class: the aggregated window probabilities (their mean by default), calibrated if
 *     requested
 * @param windows the probability of each window, in time order; empty for an answer without windows, such as that of an
 *     ensemble
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
