package io.github.spirabr.core.preprocessing;

/**
 * A window's place in a waveform. It may reach past the waveform's end: what lies there is silence.
 *
 * @param start the first sample
 * @param length in samples
 */
public record WindowSpan(int start, int length) {

    /** Refuses a negative start and an empty window. */
    public WindowSpan {
        if (start < 0 || length < 1) {
            throw new IllegalArgumentException("a window starts at 0 or later and has at least one sample, but was "
                    + length + " samples from " + start);
        }
    }
}
