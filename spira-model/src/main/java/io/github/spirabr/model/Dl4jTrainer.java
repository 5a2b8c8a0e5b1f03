package io.github.spirabr.model;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.training.EvaluationData;
import io.github.spirabr.core.training.ModelTrainer;
import io.github.spirabr.core.training.TrainingData;
import io.github.spirabr.core.training.TrainingListener;
import io.github.spirabr.core.training.TrainingResult;
import io.github.spirabr.core.training.UntrainedModel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains the networks of this module by mini-batch gradient descent, and keeps the weights of the
 * epoch with the lowest validation loss (binary cross-entropy by recording). A batch is a number of
 * recordings, with all of their windows; the last batch of an epoch may be smaller. Immutable and
 * thread-safe.
 */
public final class Dl4jTrainer implements ModelTrainer {

    private final Optimizer optimizer;
    private final LearningRateSchedule schedule;
    private final int epochs;
    private final int batchSize;

    private Dl4jTrainer(Builder builder) {
        this.optimizer = builder.optimizer;
        this.schedule = builder.schedule;
        this.epochs = builder.epochs;
        this.batchSize = builder.batchSize;
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public TrainingResult train(
            UntrainedModel model,
            TrainingData training,
            EvaluationData validation,
            RandomStreams random,
            TrainingListener listener) {
        if (!(model instanceof Dl4jUntrainedModel ours)) {
            throw new IllegalArgumentException("Dl4jTrainer trains models of this module only, such as SpiraConv, but got "
                    + model.getClass().getName());
        }
        return new TrainingSession(ours, optimizer, schedule, batchSize, random, listener)
                .run(training, validation, epochs);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("epochs", epochs);
        settings.put("batchSize", batchSize);
        settings.putAll(optimizer.settings());
        settings.putAll(schedule.settings());
        return new ComponentDescription("dl4j", settings);
    }

    /** Settings of a {@link Dl4jTrainer}. Not thread-safe. */
    public static final class Builder {

        private Optimizer optimizer = Adam.of(1e-3);
        private LearningRateSchedule schedule = LearningRateSchedule.constant();
        private int epochs = 100;
        private int batchSize = 8;

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

        public Dl4jTrainer build() {
            return new Dl4jTrainer(this);
        }

        private static int requirePositive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException("the " + name + " must be at least 1, but was " + value);
            }
            return value;
        }
    }
}
