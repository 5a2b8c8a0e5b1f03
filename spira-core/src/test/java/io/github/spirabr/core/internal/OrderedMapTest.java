package io.github.spirabr.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.work.InterruptedWorkException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderedMapTest {

    private final ExecutorService executor = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    /** Each item but the last of three is done only when the one after it is. */
    @Test
    void resultsComeInOrderHoweverLongEachTakes() {
        List<CountDownLatch> done = Stream.generate(() -> new CountDownLatch(1)).limit(51).toList();
        List<Integer> finished = Collections.synchronizedList(new ArrayList<>());
        List<Integer> results = new ArrayList<>();
        try (var map = new OrderedMap<>(executor, IntStream.range(0, 51).iterator(), item -> {
            if (item % 3 < 2) {
                await(done.get(item + 1));
            }
            finished.add(item);
            done.get(item).countDown();
            return item;
        }, 6)) {
            map.forEachRemaining(results::add);
        }
        assertThat(finished.indexOf(2)).isLessThan(finished.indexOf(1));
        assertThat(finished.indexOf(1)).isLessThan(finished.indexOf(0));
        assertThat(results).isEqualTo(IntStream.range(0, 51).boxed().toList());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void noMoreThanTheLookAheadIsEverUnderWay() {
        AtomicInteger begun = new AtomicInteger();
        Iterator<Integer> items = IntStream.range(0, 100).peek(item -> begun.incrementAndGet()).iterator();
        try (var map = new OrderedMap<Integer, Integer>(executor, items, item -> item, 3)) {
            for (int taken = 0; taken <= 97; taken++) {
                assertThat(begun).hasValue(taken + 3);
                assertThat(map.next()).isEqualTo(taken);
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
            assertThatThrownBy(map::next).isInstanceOf(InterruptedWorkException.class).hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
