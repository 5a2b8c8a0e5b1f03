package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.List;

/** An event in a pipeline's run outside of training. */
public sealed interface PipelineEvent {

    /** The recordings are listed. */
    record Loaded(Dataset dataset) implements PipelineEvent {}

    /** Each subject is assigned to a set. */
    record Split(DatasetSplit split) implements PipelineEvent {}

    /**
     * One more recording was read.
     *
     * @param done number of recordings read
     * @param total number of all recordings
     */
    record Prepared(int done, int total) implements PipelineEvent {}

    /**
     * One more recording was fingerprinted, to compare it with those of other sets.
     *
     * @param done number of fingerprinted recordings
     * @param total number of recordings
     */
    record Compared(int done, int total) implements PipelineEvent {}

    /** The split passed its audit. */
    record Certified(SplitCertificate certificate) implements PipelineEvent {}

    /**
     * The run goes on without these recordings.
     *
     * @param recordings at least one
     */
    record Rejected(List<RejectedRecording> recordings) implements PipelineEvent {

        /** Copies the list. */
        public Rejected {
            recordings = List.copyOf(recordings);
        }
    }

    /** A stage starts; only with a work store. */
    record StageStarted(Stage stage) implements PipelineEvent {}

    /**
     * A stage has nothing to do: it was done with the same recordings, settings and code.
     *
     * @param location the location of its outcome
     */
    record StageSkipped(Stage stage, String location) implements PipelineEvent {}

    /**
     * A stage has stored its outcome in the work store.
     *
     * @param location the location of the outcome
     */
    record StageCompleted(Stage stage, String location) implements PipelineEvent {}

    /** The model has answered for the test recordings. */
    record Evaluated(Evaluation test) implements PipelineEvent {}

    /** The model has answered for the test recordings as an evaluation protocol changed them. */
    record EvaluatedUnderProtocol(ProtocolEvaluation evaluation) implements PipelineEvent {}

    /** A probe has completed. */
    record Probed(ProbeResult result) implements PipelineEvent {}

    /**
     * The model is in the repository.
     *
     * @param location the location of the saved model
     */
    record Saved(ModelVersion version, String location) implements PipelineEvent {}
}
