package io.github.spirabr.core.continuous;

import io.github.spirabr.core.journal.JournalException;
import java.time.Instant;

/** A round is under way elsewhere. Nothing was changed. */
public final class LeaseHeldException extends JournalException {

    private static final long serialVersionUID = 1L;

    private final String holder;
    private final Instant until;

    LeaseHeldException(String message, String holder, Instant until) {
        super(message);
        this.holder = holder;
        this.until = until;
    }

    /** Returns the holder of the lease. */
    public String holder() {
        return holder;
    }

    /** Returns the time at which the lease expires, unless its holder renews it. */
    public Instant until() {
        return until;
    }
}
