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
 * What the steps of one round share. For one thread.
 *
 * @param parts of continuous training
 * @param state what the rounds before have left
 * @param lease which this round has
 * @param work threads that look at recordings
 * @param started when it began
 * @param champion when it began; empty if there was none, and for a round that is only completed
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

    /** To the millisecond. */
    Instant now() {
        return now(parts);
    }

    /** The number of this round. */
    int number() {
        return state.rounds + 1;
    }

    /** Tells the listener. */
    void step(RoundStep step, String detail) {
        parts.listener().onStep(step, detail);
    }

    /** A stored model, opened afresh. */
    AskedModel open(ModelVersion model) {
        return AskedModel.open(parts, model, work);
    }

    /** Returns the metrics that the history keeps. */
    MetricEstimates metrics(Optional<Evaluation> answers) {
        return answers.map(all -> MetricEstimates.of(all, METRICS, parts.plan().gate().replicates(), parts.seed()))
                .orElse(MetricEstimates.none());
    }
}
