package io.github.spirabr.core.continuous;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A journal that cannot be read, written or trusted. */
public class JournalException extends SpiraException {

    private static final long serialVersionUID = 1L;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
