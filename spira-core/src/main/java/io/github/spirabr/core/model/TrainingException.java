package io.github.spirabr.core.model;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A training that cannot go on, or a stored network that cannot be had back. */
public final class TrainingException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     */
    public TrainingException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     * @param cause what failed underneath; null if nothing did
     */
    public TrainingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
