package io.github.spirabr.storage.fs.events;

import io.github.spirabr.core.SpiraException;

/** Events that cannot be written; it ends the training whose events they are. */
public final class EventFileException extends SpiraException {

    private static final long serialVersionUID = 1L;

    EventFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
