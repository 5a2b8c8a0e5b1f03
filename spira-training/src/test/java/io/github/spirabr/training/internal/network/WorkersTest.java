package io.github.spirabr.training.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WorkersTest {

    @Test
    void oneThreadIsTheCallersOwn() {
        try (Workers workers = new Workers(4)) {
            workers.threads(1);
            Set<Thread> used = ConcurrentHashMap.newKeySet();
            workers.run(16, (worker, index) -> used.add(Thread.currentThread()));
            assertThat(used).containsExactly(Thread.currentThread());
        }
    }

    @Test
    @Timeout(60)
    void moreThreadsThanAtFirstWorkAtTheSameTime() {
        try (Workers workers = new Workers(1)) {
            workers.threads(3);
            CountDownLatch all = new CountDownLatch(3);
            Set<Integer> numbers = ConcurrentHashMap.newKeySet();
            workers.run(3, (worker, index) -> {
                numbers.add(worker);
                all.countDown();
                await(all);
            });
            assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    /** Returns when all three pieces are under way, which needs three threads. */
    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
