package io.github.spirabr.core.pipeline;

/** What a model calls a recording. For research: no medical finding. */
public enum Diagnosis {
    /** The probability is below the model's threshold. */
    NEGATIVE,
    /** The probability is at or above the model's threshold. */
    POSITIVE
}
