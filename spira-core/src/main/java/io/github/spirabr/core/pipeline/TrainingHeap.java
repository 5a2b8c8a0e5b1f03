package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.internal.adapter.NotEnoughMemoryException;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.work.InterruptedWorkException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of Java's heap that trainings take, in all pipelines of this process: those that do not fit beside the running ones
 * wait for them, in their order. Thread-safe.
 */
final class TrainingHeap {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingHeap.class);

    /** The heap of this process. */
    static final TrainingHeap SHARED = new TrainingHeap(Runtime.getRuntime().maxMemory());

    private final int megabytes;
    private final Semaphore left;

    /**
     * Creates an instance.
     *
     * @param bytes size of the whole heap; a quarter is left for recordings and everything else
     */
    TrainingHeap(long bytes) {
        this.megabytes = megabytes(bytes / 4 * 3);
        this.left = new Semaphore(megabytes, true);
    }

    private static int megabytes(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes >> 20);
    }

    /** A part of the heap, until it is closed. */
    interface Share extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Checks that a training fits, before any recording is decoded for it.
     *
     * @param bytes bytes that the training of the model takes
     * @throws NotEnoughMemoryException if it does not
     */
    void require(long bytes, UntrainedModel model) {
        int needed = megabytes(bytes);
        if (needed > megabytes) {
            throw new NotEnoughMemoryException("the training of a network must fit into " + megabytes + " MB, three quarters of"
                    + " Java's heap, but that of " + model.parameterCount() + " weights on windows of " + model.input()
                    + " takes " + needed + " MB; make batches or windows smaller, or give Java at least "
                    + (needed + needed / 3 + 1) + " MB with -Xmx", null);
        }
    }

    /**
     * Takes the part of a training, or all of the heap that trainings may take if that is less. Waits while others have it.
     *
     * @param bytes bytes that the training takes
     * @throws InterruptedWorkException if the thread is interrupted while it waits
     */
    Share take(long bytes) {
        int needed = Math.min(megabytes, megabytes(bytes));
        try {
            // Without a time, it would overtake those that wait.
            if (!left.tryAcquire(needed, 0, TimeUnit.SECONDS)) {
                LOG.info("a training waits for {} MB of the heap, which others have", needed);
                left.acquire(needed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedWorkException(e);
        }
        return () -> left.release(needed);
    }
}
