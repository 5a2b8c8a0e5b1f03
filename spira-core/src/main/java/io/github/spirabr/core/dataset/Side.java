package io.github.spirabr.core.dataset;

/** The sides of a split. */
public enum Side {
    /** The network learns from these. */
    TRAINING,
    /** The best epoch is chosen by these. */
    VALIDATION,
    /** Held out: nothing is chosen or fitted by these. */
    TEST
}
