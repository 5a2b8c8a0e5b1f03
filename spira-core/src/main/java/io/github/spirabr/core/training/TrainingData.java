package io.github.spirabr.core.training;

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
}
