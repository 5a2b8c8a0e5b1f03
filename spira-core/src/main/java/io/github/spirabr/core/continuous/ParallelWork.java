package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Threads of a round that look at recordings and ask models about them. */
final class ParallelWork implements AutoCloseable {

    private final ExecutorService executor;

    ParallelWork(int threads) {
        AtomicInteger number = new AtomicInteger();
        executor = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "spira-round-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The results in the items' order; what a function throws is thrown on.
     *
     * @throws JournalException if the thread is interrupted
     */
    <T, R> List<R> map(List<T> items, Function<T, R> function) {
        List<Callable<R>> tasks = new ArrayList<>();
        items.forEach(item -> tasks.add(() -> function.apply(item)));
        try {
            List<R> results = new ArrayList<>();
            for (Future<R> one : executor.invokeAll(tasks)) {
                results.add(Results.of(one));
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException("interrupted; the next round goes on from here", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
