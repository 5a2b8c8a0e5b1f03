package io.github.spirabr.core.model;

/** What a model is evaluated on: never augmented, always in the same order. */
public interface EvaluationData {

    /** The number of recordings. */
    int recordings();

    /** All recordings, each once. */
    FeatureStream open();
}
