package io.github.spirabr.core.prediction;

import io.github.spirabr.core.evaluation.Decision;

/** What a model calls a recording. For research: no medical finding. */
public enum Diagnosis {
    /** The probability is below the model's threshold, or the band around it. */
    NEGATIVE,
    /** The probability is at or above the model's threshold, or the band around it. */
    POSITIVE,
    /** The probability lies in the band in which the model decides nothing, or the recording bears no answer. */
    INCONCLUSIVE;

    static Diagnosis of(Decision decision) {
        return switch (decision) {
            case NEGATIVE -> NEGATIVE;
            case POSITIVE -> POSITIVE;
            case INCONCLUSIVE -> INCONCLUSIVE;
        };
    }
}
