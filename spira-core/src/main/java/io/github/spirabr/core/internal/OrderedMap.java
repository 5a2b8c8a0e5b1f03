package io.github.spirabr.core.internal;

import io.github.spirabr.core.internal.adapter.Results;
import io.github.spirabr.core.work.InterruptedWorkException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * An iterator that applies a function to each item on several threads and returns the results in the items' order. Only
 * a bounded number of items is in progress or waiting. Used by one thread.
 */
public final class OrderedMap<T, R> implements Iterator<R>, AutoCloseable {

    private final ExecutorService executor;
    private final Iterator<T> items;
    private final Function<T, R> function;
    private final int lookAhead;
    private final Deque<Future<R>> underWay = new ArrayDeque<>();

    /**
     * Creates an instance.
     *
     * @param lookAhead largest number of items in progress or waiting, at least 1
     */
    public OrderedMap(ExecutorService executor, Iterator<T> items, Function<T, R> function, int lookAhead) {
        this.executor = executor;
        this.items = items;
        this.function = function;
        this.lookAhead = lookAhead;
        fill();
    }

    private void fill() {
        while (underWay.size() < lookAhead && items.hasNext()) {
            T item = items.next();
            underWay.add(executor.submit(() -> function.apply(item)));
        }
    }

    @Override
    public boolean hasNext() {
        return !underWay.isEmpty();
    }

    /**
     * Waits for the next result, and rethrows the exception of its item's function.
     *
     * @throws InterruptedWorkException if the thread is interrupted
     */
    @Override
    public R next() {
        Future<R> first = underWay.poll();
        if (first == null) {
            throw new NoSuchElementException();
        }
        try {
            R result = Results.of(first);
            fill();
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedWorkException(e);
        }
    }

    /** Stops pending work. */
    @Override
    public void close() {
        underWay.forEach(future -> future.cancel(true));
        underWay.clear();
    }
}
