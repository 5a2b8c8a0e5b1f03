package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** Thrown when a preprocessing step cannot use its material or a recording. */
public final class PreprocessingException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     */
    public PreprocessingException(String message) {
        super(message);
    }

    /**
     * Creates a failure with a cause.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     * @param cause the underlying failure; null if there is none
     */
    public PreprocessingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
