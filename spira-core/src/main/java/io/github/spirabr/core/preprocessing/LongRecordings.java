package io.github.spirabr.core.preprocessing;

/** The treatment of recordings that are longer than the one window of a fixed length. */
public enum LongRecordings {
    /** Uses the beginning of the recording. */
    CUT,
    /** Cuts consecutive windows and pads the last one; the recording's probability is their mean. */
    SPLIT
}
