package io.github.spirabr.core.model;

/** What a trainer learns from. Comes from a split's training side only. */
public interface TrainingData {

    /** The number of recordings in every epoch. */
    int recordings();

    /**
     * The recordings of one epoch, each once, in this epoch's random order and with this epoch's
     * augmentation.
     *
     * @param epoch counted from 1
     * @param skip how many of the first recordings to leave out, at no cost: a broken-off run has learned
     *     from them already
     */
    FeatureStream epoch(int epoch, int skip);

    /**
     * The recordings that a sampling draws for one epoch, drawn from this epoch's own stream, with this epoch's
     * augmentation. A recording that is drawn twice is augmented alike both times.
     *
     * @param epoch counted from 1
     * @param skip how many of the first ones to leave out, at no cost
     * @param sampling which recordings, in which order
     * @throws TrainingException if this data cannot be drawn from in this way
     */
    default FeatureStream epoch(int epoch, int skip, Sampling sampling) {
        if (sampling == Sampling.SHUFFLED) {
            return epoch(epoch, skip);
        }
        throw new TrainingException("this training data gives each recording once an epoch, and no " + sampling
                + " sampling; choose " + Sampling.SHUFFLED);
    }
}
