package io.github.spirabr.core.training;

import java.time.Duration;

/** What happens while a network is trained. */
public sealed interface TrainingEvent {

    /**
     * Training begins.
     *
     * @param epochs how many there will be
     * @param stepsPerEpoch how many updates of the weights each has
     * @param parameters the network's size
     */
    record Started(int epochs, int stepsPerEpoch, long parameters) implements TrainingEvent {}

    /**
     * The weights were updated once.
     *
     * @param epoch counted from 1
     * @param step within the epoch, counted from 1
     * @param loss mean binary cross-entropy of the step's windows, in nats
     * @param elapsed since the start
     * @param remaining an estimate from the steps so far
     */
    record StepCompleted(int epoch, int step, double loss, Duration elapsed, Duration remaining)
            implements TrainingEvent {}

    /**
     * An epoch and its validation are over.
     *
     * @param summary its figures
     * @param best whether its validation loss is the lowest so far
     */
    record EpochCompleted(EpochSummary summary, boolean best) implements TrainingEvent {}
}
