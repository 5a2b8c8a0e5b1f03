package io.github.spirabr.model;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.training.EvaluationData;
import io.github.spirabr.core.training.ModelTrainer;
import io.github.spirabr.core.training.TrainingData;
import io.github.spirabr.core.training.TrainingContext;
import io.github.spirabr.core.training.TrainingResult;
import io.github.spirabr.core.training.UntrainedModel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains the networks of this module by mini-batch gradient descent, and keeps the weights of the
 * epoch with the lowest validation loss (binary cross-entropy by recording). A batch is a number of
 * recordings, with all of their windows. With a checkpoint store, a run that was killed at any moment
 * and started again ends with the bits that it would have ended with. Immutable and thread-safe.
 */
public final class Dl4jTrainer implements ModelTrainer {

    private final TrainingPlan plan;

    private Dl4jTrainer(TrainingPlan plan) {
        this.plan = plan;
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public TrainingResult train(
            UntrainedModel model, TrainingData training, EvaluationData validation, TrainingContext context) {
        if (!(model instanceof Dl4jUntrainedModel ours)) {
            throw new IllegalArgumentException("Dl4jTrainer trains models of this module only, such as SpiraConv, but got "
                    + model.getClass().getName());
        }
        return new TrainingSession(ours, plan, context).run(training, validation);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("epochs", plan.epochs());
        settings.put("batchSize", plan.batchSize());
        settings.put("dropIncomplete", plan.dropIncomplete());
        settings.put("clipNorm", plan.clipNorm());
        settings.putAll(plan.optimizer().settings());
        settings.putAll(plan.schedule().settings());
        if (plan.earlyStopping() != null) {
            settings.putAll(plan.earlyStopping().settings());
        }
        return new ComponentDescription("dl4j", settings);
    }

    /** Settings of a {@link Dl4jTrainer}. Not thread-safe. */
    public static final class Builder {

        private Optimizer optimizer = Adam.of(1e-3);
        private LearningRateSchedule schedule = LearningRateSchedule.constant();
        private int epochs = 100;
        private int batchSize = 8;
        private boolean dropIncomplete;
        private double clipNorm;
        private @Nullable EarlyStopping earlyStopping;
        private int checkpointEverySteps;

        private Builder() {}

        /** By default Adam with a learning rate of 1e-3. */
        public Builder optimizer(Optimizer chosen) {
            this.optimizer = chosen;
            return this;
        }

        /** By default constant. */
        public Builder schedule(LearningRateSchedule chosen) {
            this.schedule = chosen;
            return this;
        }

        /** How often each recording is learned from, at least 1; by default 100. */
        public Builder epochs(int count) {
            this.epochs = requirePositive("epochs", count);
            return this;
        }

        /** Recordings for each update of the weights, at least 1; by default 8. */
        public Builder batchSize(int recordings) {
            this.batchSize = requirePositive("batch size", recordings);
            return this;
        }

        /** Whether the last batch of an epoch is left out if it is smaller; by default it is kept. */
        public Builder dropIncomplete(boolean drop) {
            this.dropIncomplete = drop;
            return this;
        }

        /** Scales each gradient down to this Euclidean norm at most, 0 for no limit; by default 0. */
        public Builder clipNorm(double norm) {
            if (!(norm >= 0)) {
                throw new IllegalArgumentException("the gradient's largest norm must be 0 or more, but was " + norm);
            }
            this.clipNorm = norm;
            return this;
        }

        /** When to end before the last epoch; by default never. */
        public Builder earlyStopping(EarlyStopping stopping) {
            this.earlyStopping = stopping;
            return this;
        }

        /**
         * After how many steps a checkpoint is saved, beside those after every epoch; 0, the default, for none.
         * Without a {@link io.github.spirabr.core.training.CheckpointStore} in the run there are none at all.
         */
        public Builder checkpointEverySteps(int steps) {
            if (steps < 0) {
                throw new IllegalArgumentException("checkpoints every " + steps + " steps cannot be; 0 is for none");
            }
            this.checkpointEverySteps = steps;
            return this;
        }

        public Dl4jTrainer build() {
            return new Dl4jTrainer(new TrainingPlan(optimizer, schedule, epochs, batchSize, dropIncomplete, clipNorm,
                    earlyStopping, checkpointEverySteps));
        }

        private static int requirePositive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException("the " + name + " must be at least 1, but was " + value);
            }
            return value;
        }
    }
}
