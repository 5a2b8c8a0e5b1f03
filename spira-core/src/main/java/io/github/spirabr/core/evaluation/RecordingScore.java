package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.recording.Label;
import java.util.List;

/**
 * What a model says of one recording.
 *
 * @param recording its id
 * @param subject who speaks
 * @param label what is true
 * @param probability of being a patient: the mean of the windows' probabilities, calibrated where that is asked for
 * @param windows the probability of each window, in time order
 */
public record RecordingScore(String recording, String subject, Label label, double probability, List<Double> windows) {

    /** Copies the list. */
    public RecordingScore {
        windows = List.copyOf(windows);
    }

    RecordingScore calibrated(TemperatureScaling calibration) {
        return new RecordingScore(recording, subject, label, calibration.apply(probability), windows);
    }
}
