package io.github.spirabr.training;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.PriorTraining;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.TrainingData.Sampling;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.BatchAugmentation;
import io.github.spirabr.training.engine.NetworkEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trainer of this module's networks by mini-batch gradient descent. It keeps the weights of the validation with the
 * lowest recording-level binary cross-entropy. A batch holds a number of recordings, each with all of its windows. With a
 * checkpoint store, a run that was killed at any moment and is resumed gives the same bytes as an uninterrupted one.
 * Immutable and thread-safe.
 */
public final class Trainer implements ModelTrainer {

    static final String TYPE = "dl4j";
    private static final int EPOCHS = 100;
    private static final int BATCH_SIZE = 8;
    private static final String CONSTANT = "constant";
    private static final String NOAM = "noam";

    private final TrainingPlan plan;
    private final @Nullable PretrainedWeights pretrained;

    private Trainer(TrainingPlan plan, @Nullable PretrainedWeights pretrained) {
        this.plan = plan;
        this.pretrained = pretrained;
    }

    /** Returns a builder with the defaults. */
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
        if (!(model instanceof UntrainedNetwork ours)) {
            throw new IllegalArgumentException("the model must be a network of this library, such as SpiraConv, but was "
                    + model.getClass().getName() + "; train it with a trainer of its own");
        }
        return new TrainingSession(ours, plan, pretrained, context).run(training, validation);
    }

    /** Recordings have a window at least. */
    @Override
    public long heapBytes(UntrainedModel model) {
        if (!(model instanceof UntrainedNetwork ours)) {
            return 0;
        }
        return plan.engine() == null ? ours.trainingBytes(plan.batchSize()) : ours.weightBytes();
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
        settings.putAll(plan.layerRates().settings());
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
        NetworkEngine engine = plan.engine();
        if (engine == null) {
            return new ComponentDescription(TYPE, settings);
        }
        settings.putAll(engine.settings());
        return new ComponentDescription(engine.type(), settings);
    }

    private static void putAll(Map<String, Object> settings, String group, Map<String, Object> inner) {
        inner.forEach((name, value) -> settings.put(group + "." + name, value));
    }

    @Override
    public String toString() {
        return "Trainer" + description().settings();
    }

    /** A builder of trainers. Not thread-safe. */
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
        private LayerRates layerRates = LayerRates.EQUAL;
        private @Nullable EarlyStopping earlyStopping;
        private @Nullable NetworkEngine engine;
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
            this.layerRates = plan.layerRates();
            this.earlyStopping = plan.earlyStopping();
            this.engine = plan.engine();
            this.pretrained = pretrained;
            this.validateEverySteps = plan.validateEverySteps();
            this.checkpointEverySteps = plan.checkpointEverySteps();
        }

        /** Sets the optimizer; by default Adam with a learning rate of 1e-3. */
        public Builder optimizer(Optimizer optimizer) {
            this.optimizer = optimizer;
            return this;
        }

        /** Sets the schedule of the learning rate; by default constant. */
        public Builder schedule(LearningRateSchedule schedule) {
            this.schedule = schedule;
            return this;
        }

        /** Sets the loss to minimise; by default binary cross-entropy, averaged over the windows of a batch. */
        public Builder loss(Loss loss) {
            this.loss = loss;
            return this;
        }

        /** Sets the number of epochs (passes over the training set), at least 1; by default 100. */
        public Builder epochs(int count) {
            this.epochs = requirePositive("epochs", count);
            return this;
        }

        /** Sets the number of recordings of a batch, at least 1; by default 8. Each batch updates the weights once. */
        public Builder batchSize(int recordings) {
            this.batchSize = requirePositive("batch size", recordings);
            return this;
        }

        /** Sets whether an incomplete last batch of an epoch is left out; by default it is kept. */
        public Builder dropIncomplete(boolean drop) {
            this.dropIncomplete = drop;
            return this;
        }

        /** Sets the sampling of recordings in an epoch; by default each once, in random order. */
        public Builder sampling(Sampling sampling) {
            this.sampling = sampling;
            return this;
        }

        /**
         * Sets random changes of the windows of each batch, applied in this order, such as {@link
         * io.github.spirabr.core.preprocessing.Mixup}. Each draws from its own random stream for every epoch and batch. By
         * default none.
         */
        public Builder augmentBatches(BatchAugmentation... augmentations) {
            this.batchAugmentations = List.of(augmentations);
            return this;
        }

        /** Sets the largest Euclidean gradient norm; longer gradients are scaled down. 0, the default, means no limit. */
        public Builder clipNorm(double norm) {
            if (!(norm >= 0)) {
                throw new IllegalArgumentException(
                        "the largest gradient norm must be 0 or more, but was " + norm + "; set 0 for no limit");
            }
            this.clipNorm = norm;
            return this;
        }

        /**
         * Freezes layers: training does not change their weights. Running statistics of batch normalisations still move, as in
         * PyTorch where parameters need no gradient. By default none.
         *
         * @param layers names of layers, or their beginnings up to a dot: {@code conv_block1} means all within it
         */
        public Builder freeze(String... layers) {
            for (String layer : layers) {
                layerRates = layerRates.with(layer, 0);
            }
            return this;
        }

        /**
         * Sets the learning rate of layers as a factor of the optimizer's; by default 1. Of several names that fit a layer, the
         * longest counts.
         *
         * @param layer name of a layer, or its beginning up to a dot
         * @param factor 0 or more; 0 freezes the layers
         */
        public Builder layerRate(String layer, double factor) {
            layerRates = layerRates.with(layer, factor);
            return this;
        }

        /** Sets the rule that ends training before the last epoch; by default none. */
        public Builder earlyStopping(EarlyStopping stopping) {
            this.earlyStopping = stopping;
            return this;
        }

        /**
         * Sets the engine that networks are trained on; by default their own. The trained model is on its own engine again, with
         * the weights and statistics of the training.
         */
        public Builder engine(NetworkEngine engine) {
            this.engine = engine;
            return this;
        }

        /** Sets weights to start from instead of freshly drawn ones, as far as they fit; by default none. */
        public Builder pretrained(PretrainedWeights weights) {
            this.pretrained = weights;
            return this;
        }

        /** Sets the number of steps between validations within an epoch; 0, the default, validates after epochs only. */
        public Builder validateEverySteps(int steps) {
            if (steps < 0) {
                throw new IllegalArgumentException("the steps between validations must be 0 or more, but were " + steps
                        + "; set 0 to validate after epochs only");
            }
            this.validateEverySteps = steps;
            return this;
        }

        /**
         * Sets the number of steps between checkpoints within an epoch; 0, the default, saves them after epochs only. A
         * checkpoint within an epoch is written after the next step has given a finite loss. A run without a {@link
         * io.github.spirabr.core.model.CheckpointStore} saves none.
         */
        public Builder checkpointEverySteps(int steps) {
            if (steps < 0) {
                throw new IllegalArgumentException("the steps between checkpoints must be 0 or more, but were " + steps
                        + "; set 0 to save after epochs only");
            }
            this.checkpointEverySteps = steps;
            return this;
        }

        /**
         * Returns the trainer.
         *
         * @throws IllegalArgumentException if the loss is clipped and no batch augmentation is set: clipping is meant for
         *     mixed targets
         */
        public Trainer build() {
            if (loss.isClipped() && batchAugmentations.isEmpty()) {
                throw new InvalidSettingException("loss.type", "must be " + Loss.PLAIN + " without augmentBatches, but was "
                        + Loss.CLIPPED + "; add mixup to augmentBatches, or change the loss");
            }
            TrainingPlan plan = new TrainingPlan(
                    optimizer, schedule, loss, epochs, batchSize, dropIncomplete, sampling, batchAugmentations, clipNorm,
                    layerRates, earlyStopping, engine, validateEverySteps, checkpointEverySteps);
            return new Trainer(plan, pretrained);
        }

        private static int requirePositive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException("the " + name + " must be at least 1, but was " + value);
            }
            return value;
        }
    }

    /**
     * A provider that registers {@code dl4j} with the settings that {@link Trainer#description} writes. Optimizers are
     * {@code adam}, {@code adamw} and {@code radam}, schedules {@code constant} and {@code noam}.
     */
    public static class Provider extends ComponentProvider<ModelTrainer> {

        /** Creates the provider; called by {@link java.util.ServiceLoader}. */
        public Provider() {
            this(TYPE);
        }

        /**
         * Creates the provider of trainers on another engine.
         *
         * @param type the engine's type
         * @param ofEngine settings that {@link #engine} reads
         */
        protected Provider(String type, Setting... ofEngine) {
            super(ModelTrainer.class, type, SettingsDeclaration.of(
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
                    .and(LayerRates.SETTINGS)
                    .and(EarlyStopping.SETTINGS)
                    .and(PretrainedWeights.SETTINGS)
                    .and(
                            Setting.integer("validation.everySteps",
                                            "Steps between validations within an epoch; 0 is for none.")
                                    .atLeast(0).byDefault(0),
                            Setting.integer("checkpoints.everySteps",
                                            "Steps between checkpoints within an epoch; 0 is for none.")
                                    .atLeast(0).byDefault(0))
                    .and(ofEngine));
        }

        /** Returns the engine that networks are trained on; empty, as here, for their own. */
        protected Optional<NetworkEngine> engine(Settings settings) {
            return Optional.empty();
        }

        @Override
        protected final ModelTrainer create(Settings settings) {
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
            engine(settings).ifPresent(builder::engine);
            builder.layerRates = LayerRates.from(settings);
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
