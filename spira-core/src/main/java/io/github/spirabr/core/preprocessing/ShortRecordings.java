package io.github.spirabr.core.preprocessing;

/** What becomes of recordings that are shorter than a window. */
public enum ShortRecordings {
    /** They are filled up with silence and give one window. */
    PAD,
    /** They are left out, each of them reported and counted. */
    DROP,
    /** They stop the work. */
    REFUSE
}
