package io.github.spirabr.core.audio;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** Thrown when a recording cannot be decoded to samples, with a reason for programs. */
public final class AudioException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /** The reason for which a recording was refused. */
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
     * Creates an exception for a refused recording.
     *
     * @param recording the recording's id
     * @param reason the kind of failure
     * @param detail the finding and the remedy, without the recording's id
     * @param cause the underlying failure, if any
     */
    public AudioException(String recording, Reason reason, String detail, @Nullable Throwable cause) {
        super("recording " + recording + ": " + detail, cause);
        this.recording = recording;
        this.reason = reason;
    }

    /** Returns the id of the recording. */
    public String recording() {
        return recording;
    }

    /** Returns the kind of failure. */
    public Reason reason() {
        return reason;
    }
}
