package io.github.spirabr.core.model;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trained network. Safe for any number of threads, with the same bits on all of them. */
public interface TrainedModel extends AutoCloseable {

    /**
     * Computes the probability of the patient class of each window, in their order, each in [0, 1]. A window's probability
     * does not depend on the others.
     *
     * @throws IllegalArgumentException if a window is not of the network's input shape
     */
    double[] predict(List<FeatureMatrix> windows);

    /** Returns the shape of the network's input. */
    InputShape input();

    /** Returns the state that {@link UntrainedModel#restore} needs: files by name. Equal networks have equal bytes. */
    Map<String, byte[]> state();

    /**
     * Returns the network's layers and weights, independent of any framework; empty if they cannot be described in this
     * form.
     */
    default Optional<NetworkDescription> describe() {
        return Optional.empty();
    }

    /** Returns the coefficients of the features of a linear model of one frame, in their order; by default empty. */
    default List<Coefficient> coefficients() {
        return List.of();
    }

    /** Releases the network's resources; it predicts no more. May be called twice. */
    @Override
    void close();
}
