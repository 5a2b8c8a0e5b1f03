package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** Material or a recording that a preprocessing step cannot work with. */
public final class PreprocessingException extends SpiraException {

    private static final long serialVersionUID = 1L;

    public PreprocessingException(String message) {
        super(message);
    }

    public PreprocessingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
