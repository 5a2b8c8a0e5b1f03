package io.github.spirabr.core.work;

import io.github.spirabr.core.SpiraException;

/**
 * Thrown when the thread that waits for work on several threads is interrupted. The thread's interrupt flag is set
 * again.
 */
public final class InterruptedWorkException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param cause the interruption
     */
    public InterruptedWorkException(InterruptedException cause) {
        super("interrupted; nothing was saved, and the next call goes on from what was stored before", cause);
    }
}
