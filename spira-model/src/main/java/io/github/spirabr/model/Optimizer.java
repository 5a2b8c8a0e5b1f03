package io.github.spirabr.model;

import java.util.Map;

/** How gradients change weights. Immutable; built in are {@link Adam}, {@link AdamW} and {@link RAdam}. */
public interface Optimizer {

    /** The optimizer's settings, for descriptions; {@code type} names it. */
    Map<String, Object> settings();

    /** The learning rate at a schedule's factor of 1. */
    double learningRate();

    /** A fresh start for this many weights. */
    Updates start(int weights);

    /** The memory of one training. Not thread-safe. */
    interface Updates {

        /**
         * Changes the weights once.
         *
         * @param weights changed in place
         * @param gradient of the mean loss; may be overwritten
         * @param step of the whole training, counted from 1
         * @param learningRate of this step
         */
        void apply(float[] weights, float[] gradient, long step, double learningRate);

        /** What is remembered from step to step: the arrays themselves, to be stored and to be filled again. */
        float[][] memory();
    }
}
