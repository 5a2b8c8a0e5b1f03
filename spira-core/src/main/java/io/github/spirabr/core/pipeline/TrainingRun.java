package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.MetricEstimate;
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
 * @param decision how its answers become decisions, chosen on validation data
 * @param validation the kept model's answers to the validation recordings
 * @param test its answers to the held-out recordings
 * @param byRecording the figures of these answers with 95 % confidence intervals
 * @param bySubject the same of one answer for each subject, the mean of its recordings'
 * @param protocols its answers to the held-out recordings under each evaluation protocol that was asked for
 * @param model the saved version
 * @param location where it lies, for people
 */
public record TrainingRun(
        DatasetSplit split,
        List<RejectedRecording> rejected,
        List<EpochSummary> epochs,
        int bestEpoch,
        DecisionRule decision,
        Evaluation validation,
        Evaluation test,
        List<MetricEstimate> byRecording,
        List<MetricEstimate> bySubject,
        List<ProtocolEvaluation> protocols,
        ModelVersion model,
        String location) {

    /** Copies the lists. */
    public TrainingRun {
        rejected = List.copyOf(rejected);
        epochs = List.copyOf(epochs);
        byRecording = List.copyOf(byRecording);
        bySubject = List.copyOf(bySubject);
        protocols = List.copyOf(protocols);
    }
}
