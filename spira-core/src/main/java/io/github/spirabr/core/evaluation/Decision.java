package io.github.spirabr.core.evaluation;

/** What is made of a recording's probability, see {@link DecisionRule#decide}. */
public enum Decision {
    /** A control's. */
    NEGATIVE,
    /** A patient's. */
    POSITIVE,
    /** Too near to the threshold to be called either. */
    INCONCLUSIVE
}
