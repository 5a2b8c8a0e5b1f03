package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.internal.adapter.NotEnoughMemoryException;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.pipeline.TestParts.ThresholdFactory;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.work.InterruptedWorkException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of a heap of 400 MB, of which trainings may take 300 MB. */
@Timeout(60)
class TrainingHeapTest {

    private static final UntrainedModel MODEL = new ThresholdFactory().create(new InputShape(3, 1), new RandomStreams(1));

    private final TrainingHeap heap = new TrainingHeap(400L << 20);

    private TrainingHeap.Share take(long megabytes) {
        return heap.take(megabytes << 20);
    }

    /** Starts a thread that takes a part, and returns when it waits for it. */
    private Thread waiting(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(thread.isAlive()).as("a thread that should wait").isTrue();
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheHeapThatItNeeds() {
        assertThatCode(() -> heap.require(300L << 20, MODEL)).doesNotThrowAnyException();
        assertThatThrownBy(() -> heap.require(301L << 20, MODEL))
                .isInstanceOf(NotEnoughMemoryException.class)
                .hasMessage("the training of a network must fit into 300 MB, three quarters of Java's heap, but that of 1 weights"
                        + " on windows of 3 frames x 1 features takes 301 MB; make batches or windows smaller, or give Java at least"
                        + " 402 MB with -Xmx");
    }

    @Test
    void trainingsRunBesideEachOtherAsFarAsTheyFit() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        TrainingHeap.Share first = take(100);
        TrainingHeap.Share second = take(150);
        Thread third = waiting(() -> {
            take(200);
            order.add("third begins");
        });
        order.add("first ends");
        first.close();
        order.add("second ends");
        second.close();
        third.join();
        assertThat(order).containsExactly("first ends", "second ends", "third begins");
    }

    /** Else a large training would wait for ever while small ones come and go. */
    @Test
    void aSmallTrainingDoesNotOvertakeALargeOneThatWaits() throws Exception {
        TrainingHeap.Share first = take(200);
        FutureTask<TrainingHeap.Share> large = new FutureTask<>(() -> take(250));
        waiting(large);
        FutureTask<TrainingHeap.Share> small = new FutureTask<>(() -> take(60));
        waiting(small);
        first.close();
        TrainingHeap.Share taken = large.get();
        assertThat(small.isDone()).isFalse();
        taken.close();
        small.get().close();
    }

    /** A model of another process may be evaluated, whatever its training took. */
    @Test
    void moreThanThereIsTakesAll() {
        take(5000).close();
        take(300).close();
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        TrainingHeap.Share all = take(300);
        FutureTask<TrainingHeap.Share> task = new FutureTask<>(() -> take(1));
        waiting(task).interrupt();
        assertThatThrownBy(task::get)
                .isInstanceOf(ExecutionException.class).hasCauseInstanceOf(InterruptedWorkException.class);
        all.close();
        take(300).close();
    }
}
