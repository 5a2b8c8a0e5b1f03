package io.github.spirabr.core.model;

import io.github.spirabr.core.component.Component;
import java.util.List;
import java.util.Optional;

/**
 * Port: fits a network. Implementations are immutable and safe for any number of threads; calls are independent
 * trainings. The same network, data and seed give the same bits on any number of threads.
 */
public interface ModelTrainer extends Component {

    /**
     * Trains a network and returns it as of the validation with the lowest loss, or with the best value of the metric that
     * early stopping watches.
     *
     * @param model the network with its initial weights; it must not be used afterwards
     * @param training the training set
     * @param validation the validation set, which chooses the best epoch
     * @param context streams, listener and checkpoints; resumes an interrupted run from its checkpoints, with the same
     *     bits as an uninterrupted run
     * @throws IllegalArgumentException if this trainer does not support the kind of model
     * @throws TrainingException if the loss diverges, the thread is interrupted, or the checkpoints belong to another
     *     run or cannot be written
     */
    Result train(
            UntrainedModel model,
            TrainingData training,
            EvaluationData validation,
            TrainingContext context);

    /**
     * Returns the bytes of Java's heap that the training of a network takes, beside its recordings; 0, the default, if they are
     * not known. Trainings of one process that do not fit beside each other run one after the other.
     */
    default long heapBytes(UntrainedModel model) {
        return 0;
    }

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
