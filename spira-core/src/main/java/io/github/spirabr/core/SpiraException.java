package io.github.spirabr.core;

import org.jspecify.annotations.Nullable;

/**
 * The base of every failure that this library reports. Its message names the culprit (file, line,
 * setting or recording), what was found, what was expected and what to do; it reads well alone, so
 * that an application may print it without the stack trace.
 */
public abstract class SpiraException extends RuntimeException {

    protected SpiraException(String message) {
        super(message);
    }

    protected SpiraException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
