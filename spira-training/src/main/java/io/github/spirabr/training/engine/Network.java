package io.github.spirabr.training.engine;

import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.core.preprocessing.InputShape;
import java.util.List;
import java.util.Optional;

/**
 * A network with sigmoid outputs, as training and prediction use it: flat weights, the gradient of a batch, the
 * probabilities of windows. Not thread-safe.
 */
public interface Network extends AutoCloseable {

    /** Returns the number of trained parameters. */
    int parameterCount();

    /** Returns a copy of all weights, in the order of the layers. */
    float[] weights();

    /** Replaces all weights. */
    void weights(float[] values);

    /** Returns the names and shapes of the arrays in the weights, in their order and without gaps. */
    List<Segment> layout();

    /** Returns a copy of the running statistics, such as running means; empty for most networks. */
    float[] statistics();

    /** Returns the names and shapes of the arrays in the running statistics, in their order and without gaps. */
    default List<Segment> statisticsLayout() {
        int length = statistics().length;
        return length == 0 ? List.of() : List.of(new Segment("running.statistics", 0, List.of(length)));
    }

    /** Replaces the running statistics. */
    void statistics(float[] values);

    /** Sets the number of threads of later passes; their results do not depend on it. */
    void threads(int count);

    /** Returns true if the network also takes windows of more frames than it was built for. */
    default boolean takesLongerWindows() {
        return false;
    }

    /**
     * Checks that the network takes windows of this shape.
     *
     * @throws IllegalArgumentException if it does not; the message names both shapes
     */
    void require(InputShape window);

    /**
     * Computes the gradient of the loss of some windows, with dropout. The loss of each window is multiplied by its share.
     *
     * @param streams random streams of the dropout
     * @param gradient array that receives the gradient, one number for each weight
     * @return the loss
     */
    double gradient(TrainingWindows windows, WindowStreams streams, float[] gradient);

    /**
     * Returns the probability of being a patient for each window; it does not depend on the other windows.
     *
     * @param windows windows of frames * features values each, frame after frame
     */
    double[] predict(float[][] windows);

    /** Returns the probability of dropout in training, behind each activation and its pooling; 0 for a network without it. */
    default double dropout() {
        return 0;
    }

    /** Returns a framework-independent description of the computation; empty if a layer is not known here. */
    default Optional<NetworkDescription> describe() {
        return Optional.empty();
    }

    /**
     * Frees the network's memory and threads. May be called twice; afterwards work is refused with an {@link
     * IllegalStateException}.
     */
    @Override
    void close();
}
