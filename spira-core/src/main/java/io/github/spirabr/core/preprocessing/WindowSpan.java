package io.github.spirabr.core.preprocessing;

/**
 * The position of a window in a waveform. It may extend past the waveform's end, where the samples are silence.
 *
 * @param start the first sample
 * @param length length, in samples
 */
public record WindowSpan(int start, int length) {

    /** Refuses a negative start and an empty window. */
    public WindowSpan {
        if (start < 0 || length < 1) {
            throw new IllegalArgumentException("a window must start at 0 or later and have at least one sample, but was "
                    + length + " samples from " + start);
        }
    }
}
