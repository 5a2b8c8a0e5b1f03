package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.training.EpochSummary;
import java.util.List;

/**
 * A pipeline's outcome.
 *
 * @param split who was on which side
 * @param rejected recordings that could not be used, within the limits
 * @param epochs what each epoch gave, in order
 * @param bestEpoch the epoch whose model was kept, counted from 1
 * @param validation the kept model's answers to the validation recordings
 * @param test its answers to the held-out recordings
 * @param protocols its answers to the held-out recordings under each evaluation protocol that was asked for
 * @param model the saved version
 * @param location where it lies, for people
 */
public record TrainingRun(
        DatasetSplit split,
        List<RejectedRecording> rejected,
        List<EpochSummary> epochs,
        int bestEpoch,
        Evaluation validation,
        Evaluation test,
        List<ProtocolEvaluation> protocols,
        ModelVersion model,
        String location) {

    /** Copies the lists. */
    public TrainingRun {
        rejected = List.copyOf(rejected);
        epochs = List.copyOf(epochs);
        protocols = List.copyOf(protocols);
    }
}
