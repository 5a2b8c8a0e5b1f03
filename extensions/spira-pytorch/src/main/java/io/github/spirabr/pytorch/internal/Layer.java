package io.github.spirabr.pytorch.internal;

import ai.djl.ndarray.NDArray;

/** A part of a network, with its named arrays. Immutable. */
interface Layer {

    /** Declares the arrays, in their order. */
    void declare(Arrays arrays);

    /** Computes the output. */
    NDArray forward(Pass pass, NDArray x);

    /** Receives the arrays of a network. */
    interface Arrays {

        /** Declares a trained array. */
        void trained(String name, Initial initial, long... shape);

        /** Declares a running statistic. */
        void running(String name, Initial initial, long... shape);
    }

    /** The initial values of an array. */
    enum Initial {
        ZEROS,
        ONES,
        /** Uniform in ±sqrt(6 / (fan-in + fan-out)). */
        GLOROT,
        /** Uniform in ±1 / sqrt(fan-in), PyTorch's default. */
        FAN_IN,
        /** Uniform in ±1 / sqrt(fan-in) of the array before. */
        FAN_IN_OF_WEIGHT
    }
}
