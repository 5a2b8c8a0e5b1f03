package io.github.spirabr.training.engine;

import java.util.Map;

/** Port: an engine that trains networks of others, which describe themselves. Implementations are immutable and thread-safe. */
public interface NetworkEngine {

    /** Returns the type of trainers on this engine, such as {@code pytorch}. */
    String type();

    /** Returns the engine's settings, as they stand in the description of a trainer. */
    Map<String, Object> settings();

    /**
     * Returns a network on this engine that computes what another one computes, with its weights, statistics, layout and
     * dropout. A network that is on this engine is returned as it is.
     *
     * @throws IllegalArgumentException if the network does not describe itself
     */
    Network compute(Network network);
}
