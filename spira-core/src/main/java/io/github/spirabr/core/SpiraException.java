package io.github.spirabr.core;

import org.jspecify.annotations.Nullable;

/**
 * The base of every failure that this library reports. Its message names the culprit (file, line,
 * setting or recording), what was found, what was expected and what to do; it reads well alone, so
 * that an application may print it without the stack trace.
 */
public abstract class SpiraException extends RuntimeException {

    /**
     * A failure.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     */
    protected SpiraException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     * @param cause what failed underneath; null if nothing did
     */
    protected SpiraException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
