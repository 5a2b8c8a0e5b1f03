package io.github.spirabr.training.internal.network;

import io.github.spirabr.core.internal.adapter.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs independent pieces of work on a number of threads, the calling one among them. Which
 * thread takes which piece is not fixed, so a piece must not depend on it.
 */
final class Workers implements AutoCloseable {

    /** A piece of work. */
    @FunctionalInterface
    interface Task {

        /**
         * Runs one piece of the work.
         *
         * @param worker the number of the thread, below the number of threads: names its work space
         * @param index the number of the piece
         */
        void run(int worker, int index);
    }

    /** Some tens of microseconds. */
    private static final int SPINS = 1000;

    private final ExecutorService others;
    private int threads;

    Workers(int threads) {
        this.threads = threads;
        this.others = Executors.newCachedThreadPool(runnable -> {
            Thread thread = new Thread(runnable, "spira-network");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Sets the number of threads, the calling one included, of the work after this. */
    void threads(int count) {
        threads = count;
    }

    /** The number of threads, the calling one included. */
    int threads() {
        return threads;
    }

    /** Runs the pieces 0 to count - 1 and waits for all of them; rethrows what the first failing thread threw. */
    void run(int count, Task task) {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int worker = 1; worker < Math.min(threads, count); worker++) {
            int number = worker;
            running.add(others.submit(() -> drain(number, next, count, task)));
        }
        try {
            drain(0, next, count, task);
        } finally {
            next.set(count);
            running.forEach(Workers::await);
        }
    }

    private static void drain(int worker, AtomicInteger next, int count, Task task) {
        for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
            task.run(worker, index);
        }
    }

    /** Waits even if interrupted, since the pieces share arrays with the caller; the interrupt is kept for it. */
    private static void await(Future<?> future) {
        // A thread that ends soon is not worth the time until this one wakes up.
        for (int spin = 0; spin < SPINS && !future.isDone(); spin++) {
            Thread.onSpinWait();
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    Results.of(future);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
