package io.github.spirabr.core.prediction;

import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.quality.QualityWarning;
import io.github.spirabr.core.registry.ModelVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model's answer for one recording.
 *
 * @param recording its id
 * @param diagnosis by the model's rule; {@link Diagnosis#INCONCLUSIVE} wherever there are {@code reasons}
 * @param probability of being a patient: the window probabilities, aggregated and calibrated by the model's rule; empty
 *     if the recording is too short for a window. Also given where the quality forbids a diagnosis
 * @param windows the answer for each window, in time order
 * @param warnings warnings about the quality of the recording
 * @param reasons reasons for an inconclusive diagnosis; empty if there is a decision
 * @param model the model that answered
 * @param dataFingerprint of the recordings that the model was trained and evaluated on; empty if an older version of
 *     the library stored it
 */
public record Prediction(
        String recording,
        Diagnosis diagnosis,
        OptionalDouble probability,
        List<Window> windows,
        List<QualityWarning> warnings,
        List<String> reasons,
        ModelVersion model,
        Optional<String> dataFingerprint) {

    /** Copies the lists. */
    public Prediction {
        windows = List.copyOf(windows);
        warnings = List.copyOf(warnings);
        reasons = List.copyOf(reasons);
    }

    /** Returns the probability of each window, in time order. */
    public List<Double> windowProbabilities() {
        return windows.stream().map(Window::probability).toList();
    }

    /** Returns whether the recording's quality allows an answer. */
    boolean bearsAnswer() {
        return warnings.stream().noneMatch(QualityWarning::decisive);
    }

    /**
     * A model's answer for a window of a recording.
     *
     * @param start from the recording's beginning
     * @param end after {@code start}; past the recording's end where the window is filled up
     * @param probability of being a patient, as the network gives it: not calibrated
     */
    public record Window(Duration start, Duration end, double probability) {}
}
