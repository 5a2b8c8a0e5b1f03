package io.github.spirabr.core.model;

import io.github.spirabr.core.preprocessing.InputShape;
import java.util.Map;
import java.util.Optional;

/** A network that has learned. Safe for any number of threads, which all get the same bits. */
public interface TrainedModel extends WindowClassifier, AutoCloseable {

    /** The shape of what the network takes. */
    InputShape input();

    /** All that {@link UntrainedModel#restore} needs: files by name. Equal networks give equal bytes. */
    Map<String, byte[]> state();

    /** What the network computes, in terms of no framework; empty if it cannot be told so. */
    default Optional<NetworkDescription> describe() {
        return Optional.empty();
    }

    /** Frees what the network holds; it predicts no more. May be called twice. */
    @Override
    void close();
}
