package io.github.spirabr.core.model;

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
     * @param reason which metric has not improved for how long
     */
    record StoppedEarly(int epoch, int bestEpoch, String reason) implements TrainingEvent {}

    /**
     * The network did not start from fresh weights alone.
     *
     * @param taken names of the arrays whose stored weights were taken
     * @param drawn those that stayed as freshly drawn, each with the reason
     * @param unused stored ones that the network has no array for
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
     * @param step within the epoch, counted from 1
     * @param totalStep updates of the weights so far, in all epochs
     * @param loss the loss of the step's windows, in nats, dropout on
     * @param learningRate of this step
     * @param windowsPerSecond how many windows were learned from, on average since this process began to train
     * @param elapsed since this process began to train
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
     * @param epoch that is under way, counted from 1
     * @param totalStep updates of the weights so far, in all epochs
     * @param loss mean binary cross-entropy over the validation recordings, in nats
     * @param accuracy share of validation recordings on the right side of 0.5
     * @param best whether the loss, or the metric that early stopping watches, is the best so far
     */
    record Validated(int epoch, long totalStep, double loss, double accuracy, boolean best) implements TrainingEvent {}

    /**
     * Training is over, and its model is had.
     *
     * @param totalStep updates of the weights, in all epochs
     * @param bestEpoch the epoch that is kept
     * @param elapsed since this process began to train
     * @param waited for features, of the elapsed time
     */
    record Ended(long totalStep, int bestEpoch, Duration elapsed, Duration waited) implements TrainingEvent {}

    /**
     * Training broke off.
     *
     * @param totalStep updates of the weights so far, in all epochs
     * @param reason what the exception says that is thrown
     */
    record Failed(long totalStep, String reason) implements TrainingEvent {}

    /**
     * An epoch and its validation are over.
     *
     * @param summary its figures
     * @param best whether its validation loss, or the metric that early stopping watches, is the best so far
     */
    record EpochCompleted(EpochSummary summary, boolean best) implements TrainingEvent {}
}
