package io.github.spirabr.core.model;

/** The data that a trainer learns from. Created from a split's training set only. */
public interface TrainingData {

    /** Returns the number of recordings in every epoch. */
    int recordings();

    /**
     * Opens the recordings of one epoch, each once, in this epoch's random order and with this epoch's augmentation.
     *
     * @param epoch counted from 1
     * @param skip number of recordings to leave out at the beginning, at no cost: an interrupted run has learned from
     *     them already
     */
    FeatureStream epoch(int epoch, int skip);

    /**
     * Opens the recordings that a sampling draws for one epoch, drawn from this epoch's own stream, with this epoch's
     * augmentation. A recording that is drawn twice is augmented alike both times.
     *
     * @param epoch counted from 1
     * @param skip number of recordings to leave out at the beginning, at no cost
     * @param sampling the choice and order of the recordings
     * @throws TrainingException if this data cannot be drawn from in this way
     */
    default FeatureStream epoch(int epoch, int skip, Sampling sampling) {
        if (sampling == Sampling.SHUFFLED) {
            return epoch(epoch, skip);
        }
        throw new TrainingException("the sampling of this training data must be " + Sampling.SHUFFLED + ", but was " + sampling
                + "; choose " + Sampling.SHUFFLED);
    }
}
