package io.github.spirabr.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs work on eight threads that start at once. */
final class Together {

    static final int THREADS = 8;

    private Together() {}

    /**
     * Every thread does the work of all numbers from 0 to {@code count - 1}, each beginning with another one.
     *
     * @return for each thread, what it got, in the order of the numbers
     */
    static <T> List<List<T>> work(int count, IntFunction<T> work) {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<T>>> pending = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int first = t;
                pending.add(threads.submit(() -> rotated(count, first, start, work)));
            }
            List<List<T>> results = new ArrayList<>();
            for (Future<List<T>> one : pending) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError("a thread failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while threads were at work", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> List<T> rotated(int count, int first, CyclicBarrier start, IntFunction<T> work)
            throws InterruptedException, BrokenBarrierException {
        start.await();
        Map<Integer, T> results = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            int number = (i + first) % count;
            results.put(number, work.apply(number));
        }
        return List.copyOf(results.values());
    }
}
