package io.github.spirabr.training.engine;

import io.github.spirabr.core.SpiraException;
import io.github.spirabr.core.internal.adapter.NotEnoughMemoryException;
import org.jspecify.annotations.Nullable;

/** The memory that a network's weights may take. */
public final class WeightMemory {

    /** Weights, the rows that layers keep of them, their gradient, and a copy. */
    private static final int COPIES = 4;

    private WeightMemory() {}

    /**
     * Checks a number of weights before they are allocated.
     *
     * @return the same number
     * @throws SpiraException if they are more than Java's memory takes
     */
    public static long require(Object network, long weights) {
        if (weights > Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / Float.BYTES / COPIES)) {
            throw tooMany(network, Long.toString(weights), null);
        }
        return weights;
    }

    /** Returns the exception that such a number of weights is refused with. */
    public static SpiraException tooMany(Object network, String weights, @Nullable ArithmeticException cause) {
        return new NotEnoughMemoryException("the weights of a network must fit into Java's memory ("
                + (Runtime.getRuntime().maxMemory() >> 20) + " MB) " + COPIES + " times, but " + network + " has " + weights
                + "; use fewer units or windows of fewer frames, or give Java more memory with -Xmx", cause);
    }
}
