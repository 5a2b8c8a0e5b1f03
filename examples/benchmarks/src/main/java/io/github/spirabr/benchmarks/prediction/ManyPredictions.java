package io.github.spirabr.benchmarks.prediction;

import io.github.spirabr.benchmarks.training.MadeUpRecordings;
import io.github.spirabr.core.prediction.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Answers a recording of 10 s again and again, with a caller for each processor, and prints the answers per second and the
 * resident memory of the process (Linux only): after a tenth of them, when it is warm, and at the end. Argument: how many
 * answers after the warming up.
 */
public final class ManyPredictions {

    private ManyPredictions() {}

    /** Asks, and prints one line. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int count = Integer.parseInt(arguments[0]);
        int callers = Runtime.getRuntime().availableProcessors();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try (Predictor predictor = PublishedModel.open()) {
            ask(predictor, Math.max(200, count / 10), callers, threads);
            long before = residentKilobytes();
            double seconds = ask(predictor, count, callers, threads);
            long after = residentKilobytes();
            System.out.printf("processors %d predictions %d per second %.1f megabytes before %d after %d%n",
                    callers, count, count / seconds, before / 1024, after / 1024);
        } finally {
            threads.shutdownNow();
        }
    }

    private static double ask(Predictor predictor, int count, int callers, ExecutorService threads)
            throws InterruptedException, ExecutionException {
        byte[] audio = MadeUpRecordings.wav(1);
        double expected = predictor.predict("recording", audio).probability().orElseThrow();
        long begun = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int c = 0; c < callers; c++) {
            int caller = c;
            running.add(threads.submit(() -> {
                for (int i = caller; i < count; i += callers) {
                    double found = predictor.predict("recording", audio).probability().orElseThrow();
                    if (found != expected) {
                        throw new IllegalStateException("answer " + i + " is " + found + " in place of " + expected);
                    }
                }
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** As Linux counts it. */
    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }
}
