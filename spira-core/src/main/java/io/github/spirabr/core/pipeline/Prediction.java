package io.github.spirabr.core.pipeline;

import java.util.List;

/**
 * A model's answer for one recording.
 *
 * @param recording its id
 * @param diagnosis by the model's threshold
 * @param probability of being a patient: the mean of the windows' probabilities, calibrated as the model says
 * @param windows the probability of each window, in time order
 */
public record Prediction(String recording, Diagnosis diagnosis, double probability, List<Double> windows) {

    /** Copies the list. */
    public Prediction {
        windows = List.copyOf(windows);
    }
}
