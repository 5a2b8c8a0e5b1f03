package io.github.spirabr.core.internal.adapter;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Results of work on other threads. */
public final class Results {

    private Results() {}

    /**
     * Waits for a result.
     *
     * @param work work that throws no checked exception
     * @throws RuntimeException or an error, as the work threw it
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public static <R> R of(Future<R> work) throws InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
