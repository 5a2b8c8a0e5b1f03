package io.github.spirabr.core.internal;

import io.github.spirabr.core.internal.adapter.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Several trainings of one experiment, a few of them at a time. */
public final class TrainingsAtATime {

    private TrainingsAtATime() {}

    /**
     * Checks the seeds of trainings.
     *
     * @throws IllegalArgumentException unless there is at least one, and none twice
     */
    public static List<Long> seeds(long... values) {
        List<Long> distinct = LongStream.of(values).distinct().boxed().toList();
        if (values.length == 0 || distinct.size() < values.length) {
            throw new IllegalArgumentException("there must be at least one seed, and none twice, but were "
                    + LongStream.of(values).boxed().toList());
        }
        return distinct;
    }

    /**
     * Runs trainings and returns their results, in the order of the trainings. The first failure interrupts the others.
     *
     * @param trainings trainings that throw no checked exception
     * @param atATime at least 1
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static <R> List<R> run(List<? extends Callable<R>> trainings, int atATime) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(atATime);
        try {
            ExecutorCompletionService<R> done = new ExecutorCompletionService<>(executor);
            List<Future<R>> futures = new ArrayList<>();
            trainings.forEach(training -> futures.add(done.submit(training::call)));
            for (int i = 0; i < futures.size(); i++) {
                // Whichever is done next, so that a failure is told at once.
                Results.of(done.take());
            }
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(Results.of(future));
            }
            return results;
        } finally {
            end(executor);
        }
    }

    /** Trainings that are interrupted keep a checkpoint first. */
    private static void end(ExecutorService executor) {
        executor.shutdownNow();
        try {
            executor.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
