package io.github.spirabr.core.training;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.random.RandomStreams;

/**
 * Port: fits a network. Implementations are immutable and safe for any number of threads; each call
 * is a training of its own. The same network, data and seed give the same bits on any number of
 * threads.
 */
public interface ModelTrainer extends Component {

    /**
     * Trains and gives the network of the epoch with the lowest validation loss.
     *
     * @param model whose weights are the start; it must not be used afterwards
     * @param training what is learned from
     * @param validation what the best epoch is chosen by
     * @param random the run's streams
     * @param listener hears of every step and epoch, on the calling thread
     * @throws IllegalArgumentException if the model is not of a kind that this trainer knows
     * @throws TrainingException if the loss explodes, or the thread is interrupted
     */
    TrainingResult train(
            UntrainedModel model,
            TrainingData training,
            EvaluationData validation,
            RandomStreams random,
            TrainingListener listener);
}
