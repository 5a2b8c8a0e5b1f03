package io.github.spirabr.core.preprocessing;

/** What becomes of recordings that are longer than the one window they are to fill. */
public enum LongRecordings {
    /** Their beginning is used. */
    CUT,
    /** They give one window after the other, the last one padded; a recording's probability is the mean of them. */
    SPLIT
}
