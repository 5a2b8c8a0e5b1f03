package io.github.spirabr.core.dataset;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** Thrown when a prepared data set cannot be saved, found or verified. */
public final class PreparedDatasetException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     */
    public PreparedDatasetException(String message) {
        super(message);
    }

    /**
     * Creates a failure with a cause.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     * @param cause the underlying failure; null if there is none
     */
    public PreparedDatasetException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
