package io.github.spirabr.core.quality;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** Statistics or limits of a stored model that cannot be read. */
public final class QualityException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what was found, and what to do
     * @param cause what made it fail, if anything
     */
    QualityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
