package io.github.spirabr.core.internal;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that caches share. Thread-safe. */
public final class MemoryBudget {

    private final AtomicLong left;

    /** Creates a budget of so many bytes. */
    public MemoryBudget(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** Takes these bytes if that many are left. */
    public boolean take(long bytes) {
        return left.getAndUpdate(now -> now >= bytes ? now - bytes : now) >= bytes;
    }
}
