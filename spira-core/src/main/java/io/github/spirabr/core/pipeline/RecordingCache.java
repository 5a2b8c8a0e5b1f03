package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.internal.MemoryBudget;
import io.github.spirabr.core.recording.Recording;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A cache of values computed from recordings, up to a budget; later values are computed each time. Nothing is evicted
 * for something newer: every epoch visits all recordings, so that the least recently used one is the next to be
 * requested. Thread-safe.
 */
final class RecordingCache<V> {

    private final Map<String, V> values = new ConcurrentHashMap<>();
    private final MemoryBudget budget;
    private final ToLongFunction<V> size;

    /**
     * @param size of a value, in bytes
     */
    RecordingCache(MemoryBudget budget, ToLongFunction<V> size) {
        this.budget = budget;
        this.size = size;
    }

    Optional<V> known(Recording recording) {
        return Optional.ofNullable(values.get(recording.id()));
    }

    V get(Recording recording, Function<Recording, V> compute) {
        return known(recording).orElseGet(() -> compute(recording, compute));
    }

    private V compute(Recording recording, Function<Recording, V> compute) {
        V computed = compute.apply(recording);
        if (budget.take(size.applyAsLong(computed))) {
            values.put(recording.id(), computed);
        }
        return computed;
    }
}
