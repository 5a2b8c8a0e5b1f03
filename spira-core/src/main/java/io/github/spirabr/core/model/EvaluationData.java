package io.github.spirabr.core.model;

/** The data that a model is evaluated on: never augmented, always in the same order. */
public interface EvaluationData {

    /** Returns the number of recordings. */
    int recordings();

    /** Opens a stream of all recordings, each once. */
    FeatureStream open();
}
