package io.github.spirabr.core.internal;

import io.github.spirabr.core.work.Parallelism;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A fixed number of daemon threads that work on lists of items. Thread-safe. */
public final class WorkThreads implements AutoCloseable {

    private final ExecutorService executor;
    private final int lookAhead;

    /**
     * Creates threads, none of which is started before there is work.
     *
     * @param name the beginning of the name of each thread
     */
    public WorkThreads(Parallelism parallelism, String name) {
        this.lookAhead = 2 * parallelism.threads();
        AtomicInteger number = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(parallelism.threads(), runnable -> {
            Thread thread = new Thread(runnable, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Applies a function to each item; the results come in the items' order, and a bounded number is under way. */
    public <T, R> OrderedMap<T, R> map(List<T> items, Function<T, R> function) {
        return new OrderedMap<>(executor, items.iterator(), function, lookAhead);
    }

    /** Applies a function to each item, and returns all results in the items' order. */
    public <T, R> List<R> all(List<T> items, Function<T, R> function) {
        List<R> results = new ArrayList<>(items.size());
        try (OrderedMap<T, R> map = map(items, function)) {
            map.forEachRemaining(results::add);
        }
        return results;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
