package io.github.spirabr.training.engine;

import java.util.random.RandomGenerator;

/** The random streams of the windows in a batch. */
@FunctionalInterface
public interface WindowStreams {

    /** A fresh generator for one purpose and the window at {@code index}; called from any thread. */
    RandomGenerator stream(String purpose, int index);
}
