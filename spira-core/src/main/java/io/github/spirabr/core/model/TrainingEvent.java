package io.github.spirabr.core.model;

import java.time.Duration;
import java.util.List;

/** An event in the training of a network. */
public sealed interface TrainingEvent {

    /**
     * Training begins.
     *
     * @param epochs number of epochs
     * @param stepsPerEpoch number of updates of the weights in each epoch
     * @param parameters number of the network's parameters
     */
    record Started(int epochs, int stepsPerEpoch, long parameters) implements TrainingEvent {}

    /**
     * An interrupted run is resumed.
     *
     * @param epoch the epoch that it resumes in, counted from 1
     * @param step updates of the weights so far, in all epochs
     * @param damaged a sentence for each newer checkpoint that cannot be used, with the reason; mostly empty
     */
    record Resumed(int epoch, long step, List<String> damaged) implements TrainingEvent {

        /** Copies the list. */
        public Resumed {
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * A checkpoint was saved, from which the training can be resumed.
     *
     * @param step updates of the weights so far, in all epochs
     */
    record CheckpointSaved(long step) implements TrainingEvent {}

    /**
     * Validation did not improve any more, and training ends before its last epoch.
     *
     * @param epoch the last epoch, counted from 1
     * @param bestEpoch the epoch that is kept
     * @param reason metric that has not improved, and for how long
     */
    record StoppedEarly(int epoch, int bestEpoch, String reason) implements TrainingEvent {}

    /**
     * The network did not start from fresh weights alone.
     *
     * @param taken names of the arrays whose stored weights were taken
     * @param drawn names of the arrays that kept their random weights, each with the reason
     * @param unused names of stored arrays that the network does not have
     */
    record WeightsLoaded(List<String> taken, List<String> drawn, List<String> unused) implements TrainingEvent {

        /** Copies the lists. */
        public WeightsLoaded {
            taken = List.copyOf(taken);
            drawn = List.copyOf(drawn);
            unused = List.copyOf(unused);
        }
    }

    /**
     * The weights were updated once.
     *
     * @param epoch counted from 1
     * @param step number of the step in the epoch, counted from 1
     * @param totalStep updates of the weights so far, in all epochs
     * @param loss the loss of the step's windows, in nats, dropout on
     * @param learningRate learning rate of this step
     * @param windowsPerSecond training windows per second, on average since this process began to train
     * @param elapsed time since this process began to train
     * @param remaining an estimate from the steps so far
     */
    record StepCompleted(
            int epoch,
            int step,
            long totalStep,
            double loss,
            double learningRate,
            double windowsPerSecond,
            Duration elapsed,
            Duration remaining)
            implements TrainingEvent {}

    /**
     * A validation within an epoch.
     *
     * @param epoch the current epoch, counted from 1
     * @param totalStep updates of the weights so far, in all epochs
     * @param loss mean binary cross-entropy over the validation recordings, in nats
     * @param accuracy share of validation recordings that are classified correctly at 0.5
     * @param best whether the loss, or the metric that early stopping watches, is the best so far
     */
    record Validated(int epoch, long totalStep, double loss, double accuracy, boolean best) implements TrainingEvent {}

    /**
     * Training has completed.
     *
     * @param totalStep updates of the weights, in all epochs
     * @param bestEpoch the epoch that is kept
     * @param elapsed time since this process began to train
     * @param waited part of the elapsed time spent waiting for features
     */
    record Ended(long totalStep, int bestEpoch, Duration elapsed, Duration waited) implements TrainingEvent {}

    /**
     * Training failed.
     *
     * @param totalStep updates of the weights so far, in all epochs
     * @param interrupted true if the training's thread was interrupted, which is no fault
     * @param reason the message of the thrown exception
     */
    record Failed(long totalStep, boolean interrupted, String reason) implements TrainingEvent {}

    /**
     * An epoch and its validation are over.
     *
     * @param summary its losses and accuracy
     * @param best whether its validation loss, or the metric that early stopping watches, is the best so far
     */
    record EpochCompleted(EpochSummary summary, boolean best) implements TrainingEvent {}
}
