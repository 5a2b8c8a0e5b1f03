package io.github.spirabr.core.evaluation;

/**
 * Figures of a binary classifier; a patient is a positive. TP, FN, FP and TN are counts at the threshold (probabilities
 * at or above it are called patients); N is the number of answers. A figure without a denominator is NaN: nothing
 * is made up for a class that is not there. Where scikit-learn defines a figure the values are the same.
 */
public enum Metric {
    /** (TP + TN) / N. */
    ACCURACY(Kind.SHARE),
    /**
     * Mean of the recalls of the classes that are there: of sensitivity and specificity, if both are. Also called
     * unweighted average recall (UAR), the measure of the ComParE challenges.
     */
    BALANCED_ACCURACY(Kind.MEAN_OF_SHARES),
    /** TP / (TP + FN): the share of patients that are found; recall, true positive rate. */
    SENSITIVITY(Kind.SHARE),
    /** TN / (TN + FP): the share of controls that are let go; true negative rate. */
    SPECIFICITY(Kind.SHARE),
    /** TP / (TP + FP): the share of the called patients who are; precision. Follows the share of patients in the data. */
    POSITIVE_PREDICTIVE_VALUE(Kind.SHARE),
    /** TN / (TN + FN): the share of the called controls who are. Follows the share of patients in the data. */
    NEGATIVE_PREDICTIVE_VALUE(Kind.SHARE),
    /** 2 TP / (2 TP + FP + FN): harmonic mean of precision and recall. */
    F1(Kind.MEAN_OF_SHARES),
    /**
     * Area under the receiver operating characteristic: the probability that a patient is scored above a control, ties
     * counting a half (Hanley and McNeil 1982). NaN unless both classes are there.
     */
    AUROC(Kind.RANKING),
    /**
     * Area under the precision-recall curve as average precision, the sum of precision times the gain in recall over
     * the thresholds, without interpolation. NaN without patients. A random score gives the share of patients.
     */
    AUPRC(Kind.RANKING),
    /** Mean of (probability - label)²: 0 is perfect, a constant 0.5 gives 0.25 (Brier 1950). */
    BRIER_SCORE(Kind.LOSS),
    /** Mean binary cross-entropy in nats; probabilities are held within [1e-7, 1 - 1e-7]. */
    LOG_LOSS(Kind.LOSS),
    /**
     * Expected calibration error: over ten bins of equal width, closed above, the mean of |mean probability - share of
     * patients|, weighted by the bins' answers (Guo et al. 2017, for the probability of being a patient). Biased upwards
     * where there are few answers.
     */
    CALIBRATION_ERROR(Kind.LOSS);

    enum Kind { SHARE, MEAN_OF_SHARES, RANKING, LOSS }

    private final Kind kind;

    Metric(Kind kind) {
        this.kind = kind;
    }

    /** Whether more is better; otherwise less is. */
    public boolean moreIsBetter() {
        return kind != Kind.LOSS;
    }

    /** Whether it is a count over a count, for which there are exact intervals. */
    boolean isShare() {
        return kind == Kind.SHARE;
    }
}
