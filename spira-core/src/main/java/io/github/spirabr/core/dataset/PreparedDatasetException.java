package io.github.spirabr.core.dataset;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A prepared data set that cannot be saved, found or trusted. */
public final class PreparedDatasetException extends SpiraException {

    private static final long serialVersionUID = 1L;

    public PreparedDatasetException(String message) {
        super(message);
    }

    public PreparedDatasetException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
