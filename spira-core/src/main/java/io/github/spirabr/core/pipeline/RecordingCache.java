package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.internal.MemoryBudget;
import io.github.spirabr.core.recording.Recording;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A cache of values computed from recordings, up to a budget; later values are computed each time. Nothing is evicted
 * for something newer: every epoch visits all recordings, so that the least recently used one is the next to be
 * requested. Java may drop values, which are then computed again: all before it runs out of memory, and HotSpot also those
 * that were not used for a second per free megabyte of the heap (<code>-XX:SoftRefLRUPolicyMSPerMB</code>). Thread-safe.
 */
final class RecordingCache<V> {

    private final Map<String, SoftReference<V>> values = new ConcurrentHashMap<>();
    private final MemoryBudget budget;
    private final ToLongFunction<V> size;

    /**
     * Creates an instance.
     *
     * @param size size of a value, in bytes
     */
    RecordingCache(MemoryBudget budget, ToLongFunction<V> size) {
        this.budget = budget;
        this.size = size;
    }

    Optional<V> known(Recording recording) {
        return Optional.ofNullable(values.get(recording.id())).map(SoftReference::get);
    }

    V get(Recording recording, Function<Recording, V> compute) {
        return known(recording).orElseGet(() -> compute(recording, compute));
    }

    private V compute(Recording recording, Function<Recording, V> compute) {
        V computed = compute.apply(recording);
        // One that gave way keeps its share of the budget.
        if (values.containsKey(recording.id()) || budget.take(size.applyAsLong(computed))) {
            values.put(recording.id(), new SoftReference<>(computed));
        }
        return computed;
    }
}
