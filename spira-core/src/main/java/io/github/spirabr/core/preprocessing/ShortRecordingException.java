package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.SpiraException;

/** Thrown when a recording is too short for a windowing that does not pad. */
public final class ShortRecordingException extends SpiraException {

    private static final long serialVersionUID = 1L;

    private final boolean leftOut;

    /**
     * Creates an exception for a recording below the minimum length.
     *
     * @param length length of the recording, in samples
     * @param least the minimum length, in samples
     * @param sampleRate sample rate, in hertz
     * @param leftOut true if the recording is to be left out of a data set, false if it stops the work
     */
    public ShortRecordingException(int length, long least, int sampleRate, boolean leftOut) {
        super("a recording of " + (double) length / sampleRate + " s (" + length + " samples) is shorter than the "
                + (double) least / sampleRate + " s (" + least
                + " samples) that its windows need; use shorter windows, or have short recordings padded");
        this.leftOut = leftOut;
    }

    /** Returns whether the recording is to be left out, reported and counted; otherwise it stops the work. */
    public boolean leftOut() {
        return leftOut;
    }
}
