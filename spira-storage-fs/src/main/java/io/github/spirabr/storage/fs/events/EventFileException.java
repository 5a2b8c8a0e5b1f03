package io.github.spirabr.storage.fs.events;

import io.github.spirabr.core.SpiraException;

/** Thrown when the events of a training cannot be written; it ends that training. */
public final class EventFileException extends SpiraException {

    private static final long serialVersionUID = 1L;

    EventFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
