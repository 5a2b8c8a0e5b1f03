package io.github.spirabr.core.training;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A training that cannot go on, or a stored network that cannot be had back. */
public final class TrainingException extends SpiraException {

    private static final long serialVersionUID = 1L;

    public TrainingException(String message) {
        super(message);
    }

    public TrainingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
