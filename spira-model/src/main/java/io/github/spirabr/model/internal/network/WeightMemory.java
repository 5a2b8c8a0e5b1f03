package io.github.spirabr.model.internal.network;

import org.jspecify.annotations.Nullable;

/** The memory that a network's weights may take. */
final class WeightMemory {

    /** Weights, their gradient, its part of a group of windows, and a copy. */
    private static final int COPIES = 4;

    private WeightMemory() {}

    /**
     * Checks a number of weights before they are allocated.
     *
     * @return the same number
     * @throws IllegalArgumentException if they are more than Java's memory takes
     */
    static long require(Object network, long weights) {
        if (weights > Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / Float.BYTES / COPIES)) {
            throw tooMany(network, Long.toString(weights), null);
        }
        return weights;
    }

    static IllegalArgumentException tooMany(Object network, String weights, @Nullable ArithmeticException cause) {
        return new IllegalArgumentException("the weights of a network must fit into Java's memory ("
                + (Runtime.getRuntime().maxMemory() >> 20) + " MB) " + COPIES + " times, but " + network + " has " + weights
                + "; use fewer units or windows of fewer frames, or give Java more memory with -Xmx", cause);
    }
}
