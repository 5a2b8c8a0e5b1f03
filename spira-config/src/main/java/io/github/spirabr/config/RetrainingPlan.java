package io.github.spirabr.config;

import io.github.spirabr.core.continuous.ChangePlan;
import io.github.spirabr.core.continuous.ContinuousTraining;
import io.github.spirabr.core.continuous.RetrainingTrigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The content of a {@link RetrainingPlanFile}: when and how a model is retrained. Paths are absolute. Immutable.
 *
 * @param changes limits of change, with the gate
 * @param triggers conditions of a new training; any new recording if empty
 * @param shares shares of subjects in the training, validation and test sets
 * @param journal place of the history; beside the models if empty
 * @param feedback manifests of recordings that were predicted before their labels were known
 * @param fineTune whether a challenger starts from the champion's weights
 * @param lease time after which the lease of a holder that died expires
 */
public record RetrainingPlan(
        ChangePlan changes,
        List<RetrainingTrigger> triggers,
        Shares shares,
        Optional<StoragePlace> journal,
        List<Path> feedback,
        boolean fineTune,
        Duration lease) {

    /** The plan of an empty file. */
    public static final RetrainingPlan STANDARD = new RetrainingPlan(ChangePlan.standard(), List.of(), Shares.STANDARD,
            Optional.empty(), List.of(), false, Duration.ofMinutes(10));

    /** Copies the lists. */
    public RetrainingPlan {
        triggers = List.copyOf(triggers);
        feedback = List.copyOf(feedback);
    }

    /** Shares of subjects, above 0 and adding up to 1. */
    public record Shares(double training, double validation, double test) {

        /** Shares of 60, 20 and 20 %. */
        public static final Shares STANDARD = new Shares(0.6, 0.2, 0.2);
    }

    /** Applies the plan, except recordings, journal and fine-tuning, to a builder. */
    public ContinuousTraining.Builder applyTo(ContinuousTraining.Builder training) {
        triggers.forEach(training::addTrigger);
        return training.plan(changes).shares(shares.training, shares.validation, shares.test).lease(lease);
    }
}
