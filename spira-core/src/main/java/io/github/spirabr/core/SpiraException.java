package io.github.spirabr.core;

import org.jspecify.annotations.Nullable;

/**
 * The base of every failure that this library reports. Its message names the culprit (file, line, setting or
 * recording), the finding, the expected value and the remedy; it is complete by itself, so that an application may
 * print it without the stack trace.
 */
public abstract class SpiraException extends RuntimeException {

    /**
     * Creates a failure.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     */
    protected SpiraException(String message) {
        super(message);
    }

    /**
     * Creates a failure with a cause.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     * @param cause the underlying failure; null if there is none
     */
    protected SpiraException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
