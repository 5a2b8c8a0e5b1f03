package io.github.spirabr.core.sweep;

import java.util.List;

/** Receives the progress of a sweep. Called on one thread at a time. */
public interface SweepListener {

    /**
     * Receives the begin of a round of trainings.
     *
     * @param round counted from 1
     * @param trials its trainings, in their order
     */
    default void onRound(int round, List<Trial> trials) {}

    /**
     * Receives the end of a training.
     *
     * @param value its metric on the validation set; NaN if it has no value or the training diverged
     */
    default void onTrained(Trial trial, double value) {}

    /** Receives the best point, before it is trained and tested. */
    default void onBest(SweptPoint best) {}
}
