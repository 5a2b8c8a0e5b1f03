package io.github.spirabr.core.work;

/**
 * The number of threads that a piece of work may use: reading, features, the network's training and prediction alike. Results
 * do not depend on it.
 *
 * @param threads at least 1
 */
public record Parallelism(int threads) {

    /** Refuses less than one thread. */
    public Parallelism {
        if (threads < 1) {
            throw new IllegalArgumentException("the number of threads must be at least 1, but was " + threads);
        }
    }

    /** Returns so many threads, at least 1. */
    public static Parallelism of(int threads) {
        return new Parallelism(threads);
    }

    /** Returns one thread for each processor of this machine. */
    public static Parallelism allProcessors() {
        return new Parallelism(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Divides the threads between tasks that run at the same time; each gets at least one thread.
     *
     * @param pieces at least 1
     */
    public Parallelism dividedBy(int pieces) {
        return new Parallelism(Math.max(1, threads / pieces));
    }
}
