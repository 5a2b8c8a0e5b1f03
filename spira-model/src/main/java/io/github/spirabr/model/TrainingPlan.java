package io.github.spirabr.model;

import org.jspecify.annotations.Nullable;

/** What a trainer was told; the settings of one {@link Dl4jTrainer}. */
record TrainingPlan(
        Optimizer optimizer,
        LearningRateSchedule schedule,
        int epochs,
        int batchSize,
        boolean dropIncomplete,
        double clipNorm,
        @Nullable EarlyStopping earlyStopping,
        int checkpointEverySteps) {

    int stepsPerEpoch(int recordings) {
        return dropIncomplete ? recordings / batchSize : (recordings + batchSize - 1) / batchSize;
    }
}
