package io.github.spirabr.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.pipeline.PipelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderedMapTest {

    private final ExecutorService executor = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void resultsComeInOrderHoweverLongEachTakes() {
        List<Integer> results = new ArrayList<>();
        try (var map = new OrderedMap<>(executor, IntStream.range(0, 50).iterator(), OrderedMapTest::slowWhenEven, 6)) {
            map.forEachRemaining(results::add);
        }
        assertThat(results).isEqualTo(IntStream.range(0, 50).boxed().toList());
    }

    private static int slowWhenEven(int item) {
        try {
            Thread.sleep(item % 2 == 0 ? 5 : 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return item;
    }

    @Test
    void noMoreThanTheLookAheadIsEverUnderWay() throws InterruptedException {
        AtomicInteger started = new AtomicInteger();
        try (var map = new OrderedMap<Integer, Integer>(executor, IntStream.range(0, 100).iterator(), item -> {
            started.incrementAndGet();
            return item;
        }, 3)) {
            for (int taken = 0; taken < 10; taken++) {
                Thread.sleep(5);
                assertThat(started.get()).isLessThanOrEqualTo(taken + 3);
                map.next();
            }
        }
    }

    @Test
    void aFailureComesInItsPlace() {
        try (var map = new OrderedMap<Integer, Integer>(executor, IntStream.range(0, 3).iterator(), item -> {
            if (item == 1) {
                throw new IllegalArgumentException("one");
            }
            return item;
        }, 2)) {
            assertThat(map.next()).isZero();
            assertThatThrownBy(map::next).isInstanceOf(IllegalArgumentException.class).hasMessage("one");
        }
    }

    /** Until the map is closed, which interrupts it. */
    private static int neverEnding(int item) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return item;
    }

    @Test
    void anInterruptEndsTheWaiting() {
        try (var map = new OrderedMap<Integer, Integer>(
                executor, IntStream.range(0, 3).iterator(), item -> neverEnding(item), 2)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(map::next).isInstanceOf(PipelineException.class).hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
