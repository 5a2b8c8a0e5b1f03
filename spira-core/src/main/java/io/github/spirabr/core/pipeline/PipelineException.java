package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A pipeline that lacks a part, or that cannot go on. */
public final class PipelineException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     */
    PipelineException(String message) {
        super(message);
    }

    /**
     * Creates a failure with a cause.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     * @param cause the underlying failure; null if there is none
     */
    PipelineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
