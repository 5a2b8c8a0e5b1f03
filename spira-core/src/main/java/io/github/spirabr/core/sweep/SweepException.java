package io.github.spirabr.core.sweep;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** Thrown when a sweep has no winner, or was interrupted. */
public final class SweepException extends SpiraException {

    private static final long serialVersionUID = 1L;

    SweepException(String message) {
        super(message);
    }

    SweepException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
