package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import java.time.Duration;

/** The moment after which the decoding of one recording is refused. */
final class Deadline {

    private final Duration allowed;
    private final Refusals refusals;
    private final long end;

    /** Starts the time. */
    Deadline(Duration allowed, Refusals refusals) {
        this.allowed = allowed;
        this.refusals = refusals;
        this.end = System.nanoTime() + allowed.toNanos();
    }

    /** Returns whether the time is over. */
    boolean hasPassed() {
        return System.nanoTime() - end > 0;
    }

    /**
     * Checks the time.
     *
     * @throws AudioException if the time is over
     */
    void require() {
        if (hasPassed()) {
            throw refusals.of(Reason.TOO_LARGE, "decoding took longer than %s s, the reader's limit (maxTime); "
                    + "cut the recording or raise the limit", allowed.toMillis() / 1e3);
        }
    }
}
