package io.github.spirabr.core.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that caches share. Thread-safe. */
final class MemoryBudget {

    private final AtomicLong left;

    MemoryBudget(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** Takes these bytes if that many are left. */
    boolean take(long bytes) {
        return left.getAndUpdate(now -> now >= bytes ? now - bytes : now) >= bytes;
    }
}
