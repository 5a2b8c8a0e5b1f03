package io.github.spirabr.core.model;

import io.github.spirabr.core.component.Component;
import java.util.List;
import java.util.Optional;

/**
 * Port: fits a network. Implementations are immutable and safe for any number of threads; each call
 * is a training of its own. The same network, data and seed give the same bits on any number of
 * threads.
 */
public interface ModelTrainer extends Component {

    /**
     * Trains and gives the network of the validation with the lowest loss, or the best value of another declared metric.
     *
     * @param model whose weights are the start; it must not be used afterwards
     * @param training what is learned from
     * @param validation what the best epoch is chosen by
     * @param context streams, listener and checkpoints; if these hold a run that was broken off, it is taken
     *     up, and ends with the bits that it would have ended with
     * @throws IllegalArgumentException if the model is not of a kind that this trainer knows
     * @throws TrainingException if the loss explodes, the thread is interrupted, or the checkpoints are
     *     another run's or cannot be written
     */
    Result train(
            UntrainedModel model,
            TrainingData training,
            EvaluationData validation,
            TrainingContext context);

    /** Returns the training of the weights that this one starts from; empty, the default, if it starts from fresh weights. */
    default Optional<PriorTraining> priorTraining() {
        return Optional.empty();
    }

    /**
     * The outcome of one training.
     *
     * @param model the network of the best epoch; the caller closes it
     * @param epochs the losses of each epoch, in order
     * @param bestEpoch the epoch of the model, counted from 1
     */
    record Result(TrainedModel model, List<EpochSummary> epochs, int bestEpoch) {

        /** Copies the list. */
        public Result {
            epochs = List.copyOf(epochs);
        }
    }
}
