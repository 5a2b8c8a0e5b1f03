package io.github.spirabr.training;

import java.time.Duration;

/** Time and throughput of one process' training, for events alone: nothing that is stored depends on it. */
final class TrainingClock {

    private final long start = System.nanoTime();
    private final long stepsBefore;
    private long windows;
    private long waited;

    /**
     * Creates an instance.
     *
     * @param stepsBefore updates of the weights that an earlier process made
     */
    TrainingClock(long stepsBefore) {
        this.stepsBefore = stepsBefore;
    }

    void waited(long nanoseconds) {
        waited += nanoseconds;
    }

    void learnedFrom(int count) {
        windows += count;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    Duration waited() {
        return Duration.ofNanos(waited);
    }

    double windowsPerSecond(Duration elapsed) {
        return windows / (elapsed.toNanos() / 1e9);
    }

    /** An estimate from the steps so far. */
    Duration remaining(Duration elapsed, long steps, long allSteps) {
        double each = (double) elapsed.toNanos() / (steps - stepsBefore);
        return Duration.ofNanos(Math.round(each * (allSteps - steps)));
    }
}
