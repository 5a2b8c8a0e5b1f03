package io.github.spirabr.model;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.PriorTraining;
import io.github.spirabr.core.model.Sampling;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.BatchAugmentation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains the networks of this module by mini-batch gradient descent, and keeps the weights of the
 * validation with the lowest loss (binary cross-entropy by recording). A batch is a number of
 * recordings, with all of their windows. With a checkpoint store, a run that was killed at any moment
 * and started again ends with the bits that it would have ended with. Immutable and thread-safe.
 */
public final class Dl4jTrainer implements ModelTrainer {

    static final String TYPE = "dl4j";
    private static final int EPOCHS = 100;
    private static final int BATCH_SIZE = 8;
    private static final String CONSTANT = "constant";
    private static final String NOAM = "noam";

    private final TrainingPlan plan;
    private final @Nullable PretrainedWeights pretrained;

    private Dl4jTrainer(TrainingPlan plan, @Nullable PretrainedWeights pretrained) {
        this.plan = plan;
        this.pretrained = pretrained;
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the settings of this trainer. */
    public Builder toBuilder() {
        return new Builder(plan, pretrained);
    }

    @Override
    public ModelTrainer.Result train(
            UntrainedModel model, TrainingData training, EvaluationData validation, TrainingContext context) {
        if (!(model instanceof Dl4jUntrainedModel ours)) {
            throw new IllegalArgumentException("Dl4jTrainer trains models of this module only, such as SpiraConv, but got "
                    + model.getClass().getName());
        }
        return new TrainingSession(ours, plan, pretrained, context).run(training, validation);
    }

    @Override
    public Optional<PriorTraining> priorTraining() {
        return Optional.ofNullable(pretrained).map(PretrainedWeights::prior);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("epochs", plan.epochs());
        settings.put("batchSize", plan.batchSize());
        settings.put("dropIncomplete", plan.dropIncomplete());
        settings.put("sampling", Settings.nameOf(plan.sampling()));
        putAll(settings, "loss", plan.loss().settings());
        putAll(settings, "optimizer", plan.optimizer().settings());
        putAll(settings, "schedule", plan.schedule().settings());
        settings.put("clipNorm", plan.clipNorm());
        for (int i = 0; i < plan.batchAugmentations().size(); i++) {
            ComponentDescription one = plan.batchAugmentations().get(i).description();
            settings.put("augmentBatches." + i + ".type", one.type());
            putAll(settings, "augmentBatches." + i, one.settings());
        }
        if (plan.earlyStopping() != null) {
            putAll(settings, "earlyStopping", plan.earlyStopping().settings());
        }
        if (pretrained != null) {
            putAll(settings, "pretrained", pretrained.settings());
        }
        settings.put("validation.everySteps", plan.validateEverySteps());
        settings.put("checkpoints.everySteps", plan.checkpointEverySteps());
        return new ComponentDescription(TYPE, settings);
    }

    private static void putAll(Map<String, Object> settings, String group, Map<String, Object> inner) {
        inner.forEach((name, value) -> settings.put(group + "." + name, value));
    }

    @Override
    public String toString() {
        return "Dl4jTrainer" + description().settings();
    }

    /** Settings of a {@link Dl4jTrainer}. Not thread-safe. */
    public static final class Builder {

        private Optimizer optimizer = Adam.of(AdamSettings.LEARNING_RATE);
        private LearningRateSchedule schedule = LearningRateSchedule.constant();
        private Loss loss = Loss.binaryCrossEntropy();
        private int epochs = EPOCHS;
        private int batchSize = BATCH_SIZE;
        private boolean dropIncomplete;
        private Sampling sampling = Sampling.SHUFFLED;
        private List<BatchAugmentation> batchAugmentations = List.of();
        private double clipNorm;
        private @Nullable EarlyStopping earlyStopping;
        private @Nullable PretrainedWeights pretrained;
        private int validateEverySteps;
        private int checkpointEverySteps;

        private Builder() {}

        private Builder(TrainingPlan plan, @Nullable PretrainedWeights pretrained) {
            this.optimizer = plan.optimizer();
            this.schedule = plan.schedule();
            this.loss = plan.loss();
            this.epochs = plan.epochs();
            this.batchSize = plan.batchSize();
            this.dropIncomplete = plan.dropIncomplete();
            this.sampling = plan.sampling();
            this.batchAugmentations = plan.batchAugmentations();
            this.clipNorm = plan.clipNorm();
            this.earlyStopping = plan.earlyStopping();
            this.pretrained = pretrained;
            this.validateEverySteps = plan.validateEverySteps();
            this.checkpointEverySteps = plan.checkpointEverySteps();
        }

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

        /** What is made small; by default binary cross-entropy, averaged over the windows of a batch. */
        public Builder loss(Loss chosen) {
            this.loss = chosen;
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

        /** Which recordings an epoch learns from, and in which order; by default each once, in random order. */
        public Builder sampling(Sampling chosen) {
            this.sampling = chosen;
            return this;
        }

        /**
         * Random changes to the windows of each batch, one after the other, such as {@link
         * io.github.spirabr.core.preprocessing.Mixup}; each draws from a stream of its own for every epoch and batch. By
         * default none.
         */
        public Builder augmentBatches(BatchAugmentation... augmentations) {
            this.batchAugmentations = List.of(augmentations);
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

        /** What to start from instead of fresh weights, as far as it fits; by default nothing. */
        public Builder pretrained(PretrainedWeights weights) {
            this.pretrained = weights;
            return this;
        }

        /** After how many steps the network is validated, beside after every epoch; 0, the default, for none. */
        public Builder validateEverySteps(int steps) {
            if (steps < 0) {
                throw new IllegalArgumentException("validation every " + steps + " steps cannot be; 0 is for none");
            }
            this.validateEverySteps = steps;
            return this;
        }

        /**
         * After how many steps a checkpoint is saved, beside those after every epoch; 0, the default, for none. One
         * within an epoch is written when the loss of the step after it has shown that its weights are sound.
         * Without a {@link io.github.spirabr.core.model.CheckpointStore} in the run there are none at all.
         */
        public Builder checkpointEverySteps(int steps) {
            if (steps < 0) {
                throw new IllegalArgumentException("checkpoints every " + steps + " steps cannot be; 0 is for none");
            }
            this.checkpointEverySteps = steps;
            return this;
        }

        /**
         * The trainer.
         *
         * @throws IllegalArgumentException if the loss is clipped and no windows are mixed, as the clipping is for mixed
         *     targets
         */
        public Dl4jTrainer build() {
            if (loss.isClipped() && batchAugmentations.isEmpty()) {
                throw new InvalidSettingException("loss.type", Loss.CLIPPED + " is for windows that are mixed, and augmentBatches"
                        + " mixes none; add mixup to augmentBatches, or take " + Loss.PLAIN);
            }
            TrainingPlan plan = new TrainingPlan(
                    optimizer, schedule, loss, epochs, batchSize, dropIncomplete, sampling, batchAugmentations, clipNorm,
                    earlyStopping, validateEverySteps, checkpointEverySteps);
            return new Dl4jTrainer(plan, pretrained);
        }

        private static int requirePositive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException("the " + name + " must be at least 1, but was " + value);
            }
            return value;
        }
    }

    /**
     * Registers {@code dl4j}, with the settings that {@link Dl4jTrainer#description} writes. Optimizers are {@code adam},
     * {@code adamw} and {@code radam}, schedules {@code constant} and {@code noam}.
     */
    public static final class Provider extends ComponentProvider<ModelTrainer> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(ModelTrainer.class, TYPE, SettingsDeclaration.of(
                            Setting.integer("epochs", "Passes over the training set.").atLeast(1).byDefault(EPOCHS),
                            Setting.integer("batchSize", "Recordings of a batch, each with all of its windows.").atLeast(1)
                                    .byDefault(BATCH_SIZE),
                            Setting.truth("dropIncomplete", "True if the last batch of an epoch is left out when it is not full.")
                                    .byDefault(false),
                            Setting.choice("sampling", Sampling.class, "Order in which recordings are drawn.")
                                    .byDefault(Sampling.SHUFFLED))
                    .and(Loss.SETTINGS)
                    .and(AdamSettings.settings())
                    .and(
                            Setting.choice("schedule.type", List.of(CONSTANT, NOAM), "Course of the learning rate.")
                                    .byDefault(CONSTANT),
                            Setting.integer("schedule.warmupSteps", "Steps in which the learning rate rises.").atLeast(1)
                                    .when("schedule.type", NOAM),
                            Setting.number("clipNorm", "Largest gradient norm; 0 is for no bound.").atLeast(0).byDefault(0),
                            Setting.components("augmentBatches", BatchAugmentation.class,
                                    "Random changes of the batches, in their order."))
                    .and(EarlyStopping.SETTINGS)
                    .and(PretrainedWeights.SETTINGS)
                    .and(
                            Setting.integer("validation.everySteps",
                                            "Steps between validations within an epoch; 0 is for none.")
                                    .atLeast(0).byDefault(0),
                            Setting.integer("checkpoints.everySteps",
                                            "Steps between checkpoints within an epoch; 0 is for none.")
                                    .atLeast(0).byDefault(0)));
        }

        @Override
        protected ModelTrainer create(Settings settings) {
            Builder builder = builder()
                    .epochs(settings.integer("epochs"))
                    .batchSize(settings.integer("batchSize"))
                    .optimizer(optimizer(settings))
                    .schedule(schedule(settings))
                    .loss(Loss.from(settings))
                    .dropIncomplete(settings.bool("dropIncomplete"))
                    .sampling(settings.choice("sampling", Sampling.class))
                    .augmentBatches(settings.components("augmentBatches", BatchAugmentation.class)
                            .toArray(new BatchAugmentation[0]))
                    .clipNorm(settings.number("clipNorm"))
                    .validateEverySteps(settings.integer("validation.everySteps"))
                    .checkpointEverySteps(settings.integer("checkpoints.everySteps"));
            if (settings.has("earlyStopping")) {
                builder.earlyStopping(EarlyStopping.from(settings));
            }
            if (settings.has("pretrained")) {
                builder.pretrained(PretrainedWeights.from(settings));
            }
            return builder.build();
        }

        private static Optimizer optimizer(Settings settings) {
            AdamFamily<?> defaults = switch (settings.string("optimizer.type")) {
                case "adamw" -> AdamW.of(AdamSettings.LEARNING_RATE);
                case "radam" -> RAdam.of(AdamSettings.LEARNING_RATE);
                default -> Adam.of(AdamSettings.LEARNING_RATE);
            };
            return defaults.with(AdamSettings.from(settings, defaults.settings));
        }

        private static LearningRateSchedule schedule(Settings settings) {
            return settings.string("schedule.type").equals(NOAM)
                    ? Noam.warmup(settings.integer("schedule.warmupSteps"))
                    : LearningRateSchedule.constant();
        }
    }
}
