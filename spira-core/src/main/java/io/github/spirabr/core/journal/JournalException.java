package io.github.spirabr.core.journal;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A journal that cannot be read, written or trusted. */
public class JournalException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     */
    public JournalException(String message) {
        super(message);
    }

    /**
     * Creates a failure with a cause.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     * @param cause the underlying failure; null if there is none
     */
    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
