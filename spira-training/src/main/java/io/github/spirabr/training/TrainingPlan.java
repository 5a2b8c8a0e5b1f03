package io.github.spirabr.training;

import io.github.spirabr.core.model.TrainingData.Sampling;
import io.github.spirabr.core.preprocessing.BatchAugmentation;
import io.github.spirabr.training.engine.NetworkEngine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link Trainer}. */
record TrainingPlan(
        Optimizer optimizer,
        LearningRateSchedule schedule,
        Loss loss,
        int epochs,
        int batchSize,
        boolean dropIncomplete,
        Sampling sampling,
        List<BatchAugmentation> batchAugmentations,
        double clipNorm,
        LayerRates layerRates,
        @Nullable EarlyStopping earlyStopping,
        @Nullable NetworkEngine engine,
        int validateEverySteps,
        int checkpointEverySteps) {

    TrainingPlan {
        batchAugmentations = List.copyOf(batchAugmentations);
    }

    int stepsPerEpoch(int recordings) {
        return dropIncomplete ? recordings / batchSize : (recordings + batchSize - 1) / batchSize;
    }
}
