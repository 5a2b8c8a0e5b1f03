package io.github.spirabr.core.preprocessing;

/** The treatment of recordings that are shorter than a window. */
public enum ShortRecordings {
    /** Pads them with silence, which gives one window. */
    PAD,
    /** Leaves them out, and reports and counts each of them. */
    DROP,
    /** Stops the work. */
    REFUSE
}
