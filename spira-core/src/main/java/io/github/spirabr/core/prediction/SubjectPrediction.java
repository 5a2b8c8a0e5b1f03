package io.github.spirabr.core.prediction;

import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model's one answer for all recordings of a subject.
 *
 * @param subject the speaker
 * @param diagnosis by the model's rule; {@link Diagnosis#INCONCLUSIVE} wherever there are {@code reasons}
 * @param probability of being a patient: the mean of those of the recordings whose quality allows an answer, as in the
 *     model's subject-level metrics; empty if there is no such recording
 * @param recordings the answer for each recording, in the order in which they were given
 * @param reasons reasons for an inconclusive diagnosis; empty if there is a decision
 * @param model the model that answered
 * @param dataFingerprint of the recordings that the model was trained and evaluated on; empty if an older version of
 *     the library stored it
 */
public record SubjectPrediction(
        String subject,
        Diagnosis diagnosis,
        OptionalDouble probability,
        List<Prediction> recordings,
        List<String> reasons,
        ModelVersion model,
        Optional<String> dataFingerprint) {

    /** Copies the lists. */
    public SubjectPrediction {
        recordings = List.copyOf(recordings);
        reasons = List.copyOf(reasons);
    }
}
