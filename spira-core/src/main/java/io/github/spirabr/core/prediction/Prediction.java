package io.github.spirabr.core.prediction;

import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.quality.QualityWarning;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model's answer for one recording.
 *
 * @param recording its id
 * @param diagnosis by the model's rule; {@link Diagnosis#INCONCLUSIVE} wherever there are {@code reasons}
 * @param probability of being a patient: the windows' probabilities put together and calibrated as the model says; empty
 *     if the recording is too short for a window. Also given where the quality forbids a diagnosis
 * @param windows the curve: the answer for each window, in time order
 * @param warnings what is wrong with the recording
 * @param reasons why nothing was decided, for people; empty if something was
 * @param model that answered
 * @param dataFingerprint of the recordings that the model was made of; empty if it is of an older library
 */
public record Prediction(
        String recording,
        Diagnosis diagnosis,
        OptionalDouble probability,
        List<WindowProbability> windows,
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

    /** The probability of each window, in time order. */
    public List<Double> windowProbabilities() {
        return windows.stream().map(WindowProbability::probability).toList();
    }

    /** Whether the recording's quality allows an answer. */
    boolean bearsAnswer() {
        return warnings.stream().noneMatch(QualityWarning::decisive);
    }
}
