package io.github.spirabr.core.model;

/** Thrown when the loss of a training is no number, or grows without bound: other settings are needed. */
public final class DivergedTrainingException extends TrainingException {

    private static final long serialVersionUID = 1L;

    private final int epoch;

    /**
     * Creates a failure.
     *
     * @param message the loss, the epoch, and the remedy
     * @param epoch the epoch in which the training diverged, counted from 1
     */
    public DivergedTrainingException(String message, int epoch) {
        super(message);
        this.epoch = epoch;
    }

    /** Returns the epoch in which the training diverged, counted from 1. */
    public int epoch() {
        return epoch;
    }
}
