package io.github.spirabr.core.continuous;

import io.github.spirabr.core.journal.JournalException;

/** The lease ended before the round did, and somebody else took it: this round stops, and changes nothing any more. */
final class LeaseLostException extends JournalException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(String message) {
        super(message);
    }
}
