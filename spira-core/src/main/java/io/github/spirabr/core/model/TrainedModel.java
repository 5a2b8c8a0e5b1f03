package io.github.spirabr.core.model;

import io.github.spirabr.core.preprocessing.InputShape;
import java.util.Map;
import java.util.Optional;

/** A trained network. Safe for any number of threads, with the same bits on all of them. */
public interface TrainedModel extends WindowClassifier, AutoCloseable {

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

    /** Releases the network's resources; it predicts no more. May be called twice. */
    @Override
    void close();
}
