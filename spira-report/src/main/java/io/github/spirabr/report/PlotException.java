package io.github.spirabr.report;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A picture that cannot be made or written. */
public final class PlotException extends SpiraException {

    private static final long serialVersionUID = 1L;

    PlotException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
