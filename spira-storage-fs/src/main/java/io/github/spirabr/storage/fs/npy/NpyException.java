package io.github.spirabr.storage.fs.npy;

import io.github.spirabr.core.SpiraException;

/** An array that cannot be written. */
public final class NpyException extends SpiraException {

    private static final long serialVersionUID = 1L;

    NpyException(String message, Throwable cause) {
        super(message, cause);
    }
}
