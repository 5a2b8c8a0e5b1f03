package io.github.spirabr.core.quality;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** Thrown when statistics or limits of a stored model cannot be read. */
public final class QualityException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message the finding and the remedy
     * @param cause the underlying failure, if any
     */
    QualityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
