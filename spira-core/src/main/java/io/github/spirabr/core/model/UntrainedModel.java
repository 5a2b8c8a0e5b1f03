package io.github.spirabr.core.model;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.work.Parallelism;
import java.util.Map;

/** A network that has learned nothing yet, and so cannot predict. Not thread-safe. */
public interface UntrainedModel {

    /** The shape of what the network takes. */
    InputShape input();

    /** Whether it takes windows of more frames than {@link #input} too. */
    default boolean takesLongerWindows() {
        return false;
    }

    /** How many numbers training will fit. */
    long parameterCount();

    /**
     * The trained network of this architecture whose state was stored.
     *
     * @param state as {@link TrainedModel#state} gave it
     * @throws TrainingException if the state is of another network or damaged
     */
    TrainedModel restore(Map<String, byte[]> state);

    /**
     * Restores a trained network that predicts on so many threads at most. By default the number is not limited.
     *
     * @param state as {@link TrainedModel#state} gave it
     * @throws TrainingException if the state is of another network or damaged
     */
    default TrainedModel restore(Map<String, byte[]> state, Parallelism parallelism) {
        return restore(state);
    }
}
