package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.List;

/**
 * A pipeline's outcome.
 *
 * @param findings all that was found
 * @param model the saved version
 * @param location where it lies, for people
 */
public record TrainingRun(RunFindings findings, ModelVersion model, String location) {

    /** Who was on which side. */
    public DatasetSplit split() {
        return findings.split();
    }

    /** Recordings that could not be used, within the limits. */
    public List<RejectedRecording> rejected() {
        return findings.rejected();
    }

    /** What each epoch gave, in order. */
    public List<EpochSummary> epochs() {
        return findings.epochs();
    }

    /** The epoch whose model was kept, counted from 1. */
    public int bestEpoch() {
        return findings.bestEpoch();
    }

    /** How the model's answers become decisions, chosen on validation data. */
    public DecisionRule decision() {
        return findings.decision();
    }

    /** The kept model's answers to the validation recordings. */
    public Evaluation validation() {
        return findings.validation();
    }

    /** Its answers to the held-out recordings. */
    public Evaluation test() {
        return findings.test();
    }

    /** The figures of {@link #test} with 95 % confidence intervals. */
    public List<MetricEstimate> byRecording() {
        return findings.byRecording();
    }

    /** The same of one answer for each subject, the mean of its recordings'. */
    public List<MetricEstimate> bySubject() {
        return findings.bySubject();
    }

    /** The model's answers to the held-out recordings under each evaluation protocol that was asked for. */
    public List<ProtocolEvaluation> protocols() {
        return findings.protocols();
    }
}
