package io.github.spirabr.core.registry;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A model that cannot be saved, found or trusted. */
public class ModelRepositoryException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     */
    public ModelRepositoryException(String message) {
        super(message);
    }

    /**
     * Creates a failure with a cause.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     * @param cause the underlying failure; null if there is none
     */
    public ModelRepositoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
