package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** Material or a recording that a preprocessing step cannot work with. */
public final class PreprocessingException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     */
    public PreprocessingException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     * @param cause what failed underneath; null if nothing did
     */
    public PreprocessingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
