package io.github.spirabr.core.continuous;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.registry.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The context that the steps of one round share. For one thread.
 *
 * @param parts the parts of continuous training
 * @param state the state left by earlier rounds
 * @param lease the lease of this round
 * @param work threads that examine recordings
 * @param started start time of the round
 * @param champion the champion when the round started; empty if there was none, or if an interrupted round is completed
 */
record RoundContext(
        ContinuousParts parts,
        TrainingState state,
        Lease lease,
        WorkThreads work,
        Instant started,
        Optional<ModelVersion> champion) {

    private static final List<Metric> METRICS = List.of(Metric.AUROC, Metric.BALANCED_ACCURACY, Metric.SENSITIVITY,
            Metric.SPECIFICITY, Metric.BRIER_SCORE, Metric.CALIBRATION_ERROR);

    static RoundContext begin(ContinuousParts parts, TrainingState state, Lease lease, WorkThreads work) {
        Instant started = now(parts);
        Optional<ModelVersion> champion = state.pending.isPresent()
                ? Optional.empty() : parts.models().find(parts.modelName(), ContinuousTraining.CHAMPION);
        return new RoundContext(parts, state, lease, work, started, champion);
    }

    private static Instant now(ContinuousParts parts) {
        return Instant.ofEpochMilli(parts.clock().millis());
    }

    /** Returns the time, to the millisecond. */
    Instant now() {
        return now(parts);
    }

    /** Returns the number of this round. */
    int number() {
        return state.rounds + 1;
    }

    /** Notifies the listener. */
    void step(RoundListener.Step step, String detail) {
        parts.listener().onStep(step, detail);
    }

    /** Opens a stored model. */
    AskedModel open(ModelVersion model) {
        return AskedModel.open(parts, model, work);
    }

    /** Returns the metrics that the history keeps. */
    MetricEstimates metrics(Optional<Evaluation> answers) {
        return answers.map(all -> MetricEstimates.of(all, METRICS, parts.plan().gate().replicates(), parts.seed()))
                .orElse(MetricEstimates.none());
    }
}
