package io.github.spirabr.training;

import java.util.Map;

/** A rule by which gradients change weights. Immutable; built in are {@link Adam}, {@link AdamW} and {@link RAdam}. */
public interface Optimizer {

    /** Returns the optimizer's settings, for descriptions; {@code type} names it. */
    Map<String, Object> settings();

    /** Returns the learning rate at a schedule's factor of 1. */
    double learningRate();

    /** Returns the initial state for this number of weights. */
    Updates start(int weights);

    /** The state of an optimizer in one training. Not thread-safe. */
    interface Updates {

        /**
         * Changes the weights once.
         *
         * @param weights weights, changed in place
         * @param gradient gradient of the mean loss; may be overwritten
         * @param step number of the step in the whole training, counted from 1
         * @param learningRate learning rate of this step
         */
        void apply(float[] weights, float[] gradient, long step, double learningRate);

        /** Returns the arrays that the state consists of, not copies, to be stored and to be filled again. */
        float[][] memory();
    }
}
