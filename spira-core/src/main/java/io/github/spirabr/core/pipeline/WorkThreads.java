package io.github.spirabr.core.pipeline;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The threads of one run that read recordings and make features. Thread-safe. */
final class WorkThreads implements AutoCloseable {

    private final ExecutorService executor;
    private final int lookAhead;

    WorkThreads(int threads) {
        this.lookAhead = 2 * threads;
        AtomicInteger number = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(threads, runnable -> {
            Thread thread = new Thread(runnable, "spira-features-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The results in the items' order, of which a bounded number is under way. */
    <T, R> OrderedMap<T, R> map(List<T> items, Function<T, R> function) {
        return new OrderedMap<>(executor, items.iterator(), function, lookAhead);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
