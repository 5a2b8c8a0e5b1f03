package io.github.spirabr.config;

import io.github.spirabr.core.continuous.ChangePlan;
import io.github.spirabr.core.continuous.ContinuousTraining;
import io.github.spirabr.core.continuous.RetrainingTrigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@link RetrainingPlanFile}: when and how a model is retrained. Paths are absolute. Immutable.
 */
public final class RetrainingPlan {

    /** The plan of an empty file. */
    public static final RetrainingPlan STANDARD = new RetrainingPlan(ChangePlan.standard(), List.of(), Shares.STANDARD,
            Optional.empty(), List.of(), false, Duration.ofMinutes(10));

    private final ChangePlan changes;
    private final List<RetrainingTrigger> triggers;
    private final Shares shares;
    private final Optional<StoragePlace> journal;
    private final List<Path> feedback;
    private final boolean fineTune;
    private final Duration lease;

    RetrainingPlan(
            ChangePlan changes,
            List<RetrainingTrigger> triggers,
            Shares shares,
            Optional<StoragePlace> journal,
            List<Path> feedback,
            boolean fineTune,
            Duration lease) {
        this.changes = changes;
        this.triggers = List.copyOf(triggers);
        this.shares = shares;
        this.journal = journal;
        this.feedback = List.copyOf(feedback);
        this.fineTune = fineTune;
        this.lease = lease;
    }

    /** Returns the limits of change, with the gate. */
    public ChangePlan changes() {
        return changes;
    }

    /** Returns the conditions of a new training; any new recording if empty. */
    public List<RetrainingTrigger> triggers() {
        return triggers;
    }

    /** Returns the shares of subjects in the training, validation and test sets. */
    public Shares shares() {
        return shares;
    }

    /** Returns the place of the history; beside the models if empty. */
    public Optional<StoragePlace> journal() {
        return journal;
    }

    /** Returns the manifests of recordings that were predicted before their labels were known. */
    public List<Path> feedback() {
        return feedback;
    }

    /** Returns whether a challenger starts from the champion's weights. */
    public boolean fineTune() {
        return fineTune;
    }

    /** Returns the time after which the lease of a holder that died expires. */
    public Duration lease() {
        return lease;
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

    private List<Object> values() {
        return List.of(changes, triggers, shares, journal, feedback, fineTune, lease);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RetrainingPlan that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "RetrainingPlan" + values();
    }
}
