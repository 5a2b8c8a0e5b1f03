package io.github.spirabr.core.internal.adapter;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A network that Java's memory does not hold, which is no fault of its files. */
public final class NotEnoughMemoryException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message the size, the memory, and the remedy
     * @param cause the underlying failure, if any
     */
    public NotEnoughMemoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
