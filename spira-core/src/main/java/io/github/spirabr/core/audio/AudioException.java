package io.github.spirabr.core.audio;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A recording that cannot be turned into samples, with a reason that programs can tell apart. */
public final class AudioException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /** Why a recording was refused. */
    public enum Reason {
        /** The bytes cannot be reached: no such file or object, no permission, a broken connection. */
        UNREACHABLE,
        /** No bytes at all. */
        EMPTY,
        /** The bytes are no audio format that is allowed. */
        NOT_AUDIO,
        /** The container is readable but holds no audio stream, or one of an unknown codec. */
        NO_AUDIO_STREAM,
        /** The bytes are damaged or cut short, or hold no sample. */
        CORRUPT,
        /** Longer, of more channels or of a higher rate than the reader's limits allow, or slower to decode. */
        TOO_LARGE,
        /** Part of the sound is missing, and the reader's settings refuse that. */
        INCOMPLETE,
        /** Samples that are not finite. */
        NOT_FINITE,
        /** Shorter than the windows that are cut of it, which are not padded. */
        TOO_SHORT
    }

    private final String recording;
    private final Reason reason;

    /**
     * A recording that was refused.
     *
     * @param recording the recording's id
     * @param reason the kind of failure
     * @param detail what was found and what to do, without the recording's id
     * @param cause what made it fail, if anything
     */
    public AudioException(String recording, Reason reason, String detail, @Nullable Throwable cause) {
        super("recording " + recording + ": " + detail, cause);
        this.recording = recording;
        this.reason = reason;
    }

    /** The id of the recording. */
    public String recording() {
        return recording;
    }

    /** The kind of failure. */
    public Reason reason() {
        return reason;
    }
}
