package io.github.spirabr.core.component;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A component that cannot be had by its name and settings. */
public final class ComponentException extends SpiraException {

    private static final long serialVersionUID = 1L;

    public ComponentException(String message) {
        super(message);
    }

    public ComponentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
