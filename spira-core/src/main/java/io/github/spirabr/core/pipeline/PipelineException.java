package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A pipeline that lacks a part, or that cannot go on. */
public final class PipelineException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     */
    PipelineException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     * @param cause what failed underneath; null if nothing did
     */
    PipelineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
