package io.github.spirabr.core.model;

/** Hears of a training's progress, on the thread that trains. */
public interface TrainingListener {

    /** Something happened; what this throws ends the training. */
    default void onTraining(TrainingEvent event) {}
}
