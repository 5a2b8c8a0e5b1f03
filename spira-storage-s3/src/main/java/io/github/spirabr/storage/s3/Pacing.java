package io.github.spirabr.storage.s3;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The time and the chance that pauses between attempts are made of. Thread-safe. */
interface Pacing {

    /** The system's clock, a thread that sleeps, and random numbers without a seed. */
    Pacing SYSTEM = new Pacing() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration pause) throws InterruptedException {
            Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }
    };

    /** Returns a time that only grows, in nanoseconds. */
    long nanoTime();

    /** Lets the thread wait. */
    void sleep(Duration pause) throws InterruptedException;

    /** Returns a number from 0 to 1, without 1. */
    double random();
}
