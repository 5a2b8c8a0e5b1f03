package io.github.spirabr.config;

import io.github.spirabr.core.continuous.ChangePlan;
import io.github.spirabr.core.continuous.ContinuousTraining;
import io.github.spirabr.core.continuous.RetrainingTrigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a model is retrained, as a {@link RetrainingPlanFile} says it. Paths are absolute. Immutable.
 *
 * @param changes the limits of change, with the gate
 * @param triggers when to train again; whenever there is anything new if empty
 * @param shares of the subjects on the sides
 * @param journal where the history is; beside the models if empty
 * @param feedback manifests of recordings that were predicted, and whose labels came later
 * @param fineTune whether a challenger starts from the champion's weights
 * @param lease how long the lease outlives its holder
 */
public record RetrainingPlan(
        ChangePlan changes,
        List<RetrainingTrigger> triggers,
        Shares shares,
        Optional<StoragePlace> journal,
        List<Path> feedback,
        boolean fineTune,
        Duration lease) {

    /** What holds where no file says anything. */
    public static final RetrainingPlan STANDARD = new RetrainingPlan(ChangePlan.standard(), List.of(), Shares.STANDARD,
            Optional.empty(), List.of(), false, Duration.ofMinutes(10));

    /** Copies the lists. */
    public RetrainingPlan {
        triggers = List.copyOf(triggers);
        feedback = List.copyOf(feedback);
    }

    /** Shares of the subjects, above 0 and adding up to 1. */
    public record Shares(double training, double validation, double test) {

        /** 60, 20 and 20 %. */
        public static final Shares STANDARD = new Shares(0.6, 0.2, 0.2);
    }

    /** Gives all but recordings, journal and fine-tuning to continuous training that is being built. */
    public ContinuousTraining.Builder applyTo(ContinuousTraining.Builder training) {
        triggers.forEach(training::addTrigger);
        return training.plan(changes).shares(shares.training, shares.validation, shares.test).lease(lease);
    }
}
