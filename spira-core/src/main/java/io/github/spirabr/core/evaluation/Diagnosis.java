package io.github.spirabr.core.evaluation;

/** The class that a {@link DecisionRule} gives to a recording or subject. For research only: it is no medical finding. */
public enum Diagnosis {
    /** The probability is below the threshold, and below the inconclusive band if there is one. */
    NEGATIVE,
    /** The probability is at or above the threshold, and above the inconclusive band if there is one. */
    POSITIVE,
    /** The probability lies in the inconclusive band, or the quality of the recording allows no decision. */
    INCONCLUSIVE
}
