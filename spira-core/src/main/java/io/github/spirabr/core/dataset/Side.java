package io.github.spirabr.core.dataset;

/** The sets of a split. */
public enum Side {
    /** The training set, from which the network learns. */
    TRAINING,
    /** The validation set, which chooses the best epoch. */
    VALIDATION,
    /** The held-out test set: nothing is chosen or fitted on it. */
    TEST
}
