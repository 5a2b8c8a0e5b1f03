package io.github.spirabr.model.internal.network;

import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.core.preprocessing.InputShape;
import java.util.List;
import java.util.Optional;

/**
 * A Deeplearning4j network with sigmoid outputs, seen as what training and prediction need: flat
 * weights, the gradient of a batch, the probabilities of windows. Not thread-safe.
 */
public interface Network extends AutoCloseable {

    /** How many numbers are fitted. */
    int parameterCount();

    /** A copy of all weights, in the order of the layers. */
    float[] weights();

    /** Replaces all weights. */
    void weights(float[] values);

    /** The names and shapes of the arrays that lie in the weights, in their order and without gaps. */
    List<Segment> layout();

    /** A copy of what training leaves beside the weights, such as running means; mostly empty. */
    float[] statistics();

    /** Replaces what {@link #statistics()} gave. */
    void statistics(float[] values);

    /** Sets the number of threads of all passes after this; their results do not depend on it. */
    void threads(int count);

    /** Whether windows of more frames than those it was built for are taken too. */
    default boolean takesLongerWindows() {
        return false;
    }

    /**
     * Refuses windows that the network cannot take.
     *
     * @throws IllegalArgumentException naming what it got and what it wants
     */
    void require(InputShape window);

    /**
     * The gradient of the windows' loss, dropout on, each window's loss being multiplied by its share.
     *
     * @param streams what dropout is drawn from
     * @param gradient receives the gradient, as many numbers as there are weights
     * @return the loss
     */
    double gradient(TrainingWindows windows, WindowStreams streams, float[] gradient);

    /**
     * The probability of being a patient, for each window; it does not depend on the others in the batch.
     *
     * @param windows each with its frames * features, frame after frame
     */
    double[] predict(float[][] windows);

    /** What it computes in prediction, in terms of no framework; empty if it has layers that are not known here. */
    default Optional<NetworkDescription> describe() {
        return Optional.empty();
    }

    @Override
    void close();
}
