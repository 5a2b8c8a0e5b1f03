package io.github.spirabr.core.model;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.work.Parallelism;
import java.util.Map;

/** An untrained network, which cannot predict. Not thread-safe. */
public interface UntrainedModel {

    /** Returns the shape of the network's input. */
    InputShape input();

    /** Returns whether the network accepts windows with more frames than {@link #input}. */
    default boolean takesLongerWindows() {
        return false;
    }

    /** Returns the number of trainable parameters. */
    long parameterCount();

    /**
     * Restores a trained network of this architecture from its stored state.
     *
     * @param state state, as returned by {@link TrainedModel#state}
     * @throws TrainingException if the state is damaged or belongs to another network
     */
    TrainedModel restore(Map<String, byte[]> state);

    /**
     * Restores a trained network that predicts on at most this number of threads. By default the number is not limited.
     *
     * @param state state, as returned by {@link TrainedModel#state}
     * @throws TrainingException if the state is damaged or belongs to another network
     */
    default TrainedModel restore(Map<String, byte[]> state, Parallelism parallelism) {
        return restore(state);
    }
}
