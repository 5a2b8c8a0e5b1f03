package io.github.spirabr.core.training;

import java.time.Duration;
import java.util.List;

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
     * A run that was broken off goes on.
     *
     * @param epoch in which it goes on, counted from 1
     * @param step updates of the weights so far, in all epochs
     * @param damaged says of each newer checkpoint why it cannot be used; mostly empty
     */
    record Resumed(int epoch, long step, List<String> damaged) implements TrainingEvent {

        /** Copies the list. */
        public Resumed {
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * The training can be taken up from here.
     *
     * @param step updates of the weights so far, in all epochs
     */
    record CheckpointSaved(long step) implements TrainingEvent {}

    /**
     * Validation did not improve any more, and training ends before its last epoch.
     *
     * @param epoch after which, counted from 1
     * @param bestEpoch the epoch that is kept
     */
    record StoppedEarly(int epoch, int bestEpoch) implements TrainingEvent {}

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
