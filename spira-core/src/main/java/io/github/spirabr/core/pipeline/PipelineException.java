package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A pipeline that lacks a part, or that cannot go on. */
public final class PipelineException extends SpiraException {

    private static final long serialVersionUID = 1L;

    public PipelineException(String message) {
        super(message);
    }

    public PipelineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
