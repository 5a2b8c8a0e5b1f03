package io.github.spirabr.core.model;

/** A listener to a training's progress, called on the training thread. */
public interface TrainingListener {

    /** Receives an event; an exception thrown here ends the training. */
    default void onTraining(TrainingEvent event) {}
}
