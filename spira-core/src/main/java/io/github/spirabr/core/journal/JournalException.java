package io.github.spirabr.core.journal;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A journal that cannot be read, written or trusted. */
public class JournalException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     */
    public JournalException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     * @param cause what failed underneath; null if nothing did
     */
    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
