package io.github.spirabr.model;

import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.Sampling;
import io.github.spirabr.core.preprocessing.BatchAugmentation;
import java.util.List;

/**
 * Registers {@code dl4j}, with the settings that {@link Dl4jTrainer#description} writes; those that are not given have the
 * builder's defaults. Optimizers are {@code adam}, {@code adamw} and {@code radam}, schedules {@code constant} and {@code
 * noam}.
 */
public final class Dl4jTrainerProvider implements ComponentProvider<ModelTrainer> {

    private static final double LEARNING_RATE = 1e-3;

    /** Called by {@link java.util.ServiceLoader}. */
    public Dl4jTrainerProvider() {}

    @Override
    public Class<ModelTrainer> port() {
        return ModelTrainer.class;
    }

    @Override
    public String type() {
        return Dl4jTrainer.TYPE;
    }

    @Override
    public ModelTrainer create(Settings settings) {
        Dl4jTrainer.Builder builder = Dl4jTrainer.builder()
                .optimizer(optimizer(settings))
                .schedule(schedule(settings))
                .loss(Loss.from(settings))
                .dropIncomplete(settings.bool("dropIncomplete", false))
                .sampling(settings.choice("sampling", Sampling.class, Sampling.SHUFFLED))
                .augmentBatches(settings.components("augmentBatches", BatchAugmentation.class)
                        .toArray(new BatchAugmentation[0]))
                .clipNorm(settings.number("clipNorm", 0))
                .validateEverySteps(settings.integer("validation.everySteps", 0))
                .checkpointEverySteps(settings.integer("checkpoints.everySteps", 0));
        if (settings.has("epochs")) {
            builder.epochs(settings.integer("epochs"));
        }
        if (settings.has("batchSize")) {
            builder.batchSize(settings.integer("batchSize"));
        }
        if (!settings.names("earlyStopping").isEmpty()) {
            builder.earlyStopping(EarlyStopping.from(settings));
        }
        if (!settings.names("pretrained").isEmpty()) {
            builder.pretrained(PretrainedWeights.from(settings));
        }
        return builder.build();
    }

    private static Optimizer optimizer(Settings settings) {
        String type = settings.choice("optimizer.type", List.of("adam", "adamw", "radam"), "adam");
        AdamFamily<?> defaults = switch (type) {
            case "adamw" -> AdamW.of(LEARNING_RATE);
            case "radam" -> RAdam.of(LEARNING_RATE);
            default -> Adam.of(LEARNING_RATE);
        };
        return defaults.with(AdamSettings.from(settings, defaults.settings));
    }

    private static LearningRateSchedule schedule(Settings settings) {
        return settings.choice("schedule.type", List.of("constant", "noam"), "constant").equals("noam")
                ? Noam.warmup(settings.integer("schedule.warmupSteps"))
                : LearningRateSchedule.constant();
    }
}
