package io.github.spirabr.core.registry;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A model that cannot be saved, found or trusted. */
public class ModelRepositoryException extends SpiraException {

    private static final long serialVersionUID = 1L;

    public ModelRepositoryException(String message) {
        super(message);
    }

    public ModelRepositoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
