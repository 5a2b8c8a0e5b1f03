package io.github.spirabr.core.registry;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A model that cannot be saved, found or trusted. */
public class ModelRepositoryException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     */
    public ModelRepositoryException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     * @param cause what failed underneath; null if nothing did
     */
    public ModelRepositoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
