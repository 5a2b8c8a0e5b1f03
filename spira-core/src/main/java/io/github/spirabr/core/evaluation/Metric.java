package io.github.spirabr.core.evaluation;

/**
 * Metrics of a binary classifier; the patient class is positive. TP, FN, FP and TN are counts at the threshold
 * (probabilities at or above it are classified as patient); N is the number of answers. A metric without a denominator
 * is NaN: no value is invented for a class that is missing. Where scikit-learn defines a metric the values are the
 * same.
 */
public enum Metric {
    /** (TP + TN) / N. */
    ACCURACY(Kind.SHARE),
    /**
     * Mean of the recalls of the classes that are present: of sensitivity and specificity, if both are. Also called
     * unweighted average recall (UAR), the measure of the ComParE challenges.
     */
    BALANCED_ACCURACY(Kind.MEAN_OF_SHARES),
    /** TP / (TP + FN): the share of patients classified as patient; recall, true positive rate. */
    SENSITIVITY(Kind.SHARE),
    /** TN / (TN + FP): the share of controls classified as control; true negative rate. */
    SPECIFICITY(Kind.SHARE),
    /**
     * TP / (TP + FP): the share of patients among those classified as patient; precision. Depends on the share of
     * patients in the data.
     */
    POSITIVE_PREDICTIVE_VALUE(Kind.SHARE),
    /**
     * TN / (TN + FN): the share of controls among those classified as control. Depends on the share of patients in the
     * data.
     */
    NEGATIVE_PREDICTIVE_VALUE(Kind.SHARE),
    /** 2 TP / (2 TP + FP + FN): harmonic mean of precision and recall. */
    F1(Kind.MEAN_OF_SHARES),
    /**
     * Area under the receiver operating characteristic: the probability that a patient is scored above a control, ties
     * counting a half (Hanley and McNeil 1982). NaN unless both classes are present.
     */
    AUROC(Kind.RANKING),
    /**
     * Area under the precision-recall curve as average precision, the sum of precision times the gain in recall over
     * the thresholds, without interpolation. NaN without patients. A random score gives the share of patients.
     */
    AUPRC(Kind.RANKING),
    /** Mean of (probability - label)²: 0 is perfect, a constant 0.5 gives 0.25 (Brier 1950). */
    BRIER_SCORE(Kind.LOSS),
    /** Mean binary cross-entropy in nats; probabilities are clamped to [1e-7, 1 - 1e-7]. */
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

    /** Returns whether larger values are better. */
    public boolean moreIsBetter() {
        return kind != Kind.LOSS;
    }

    /** Returns whether the metric is a count over a count, for which exact intervals exist. */
    boolean isShare() {
        return kind == Kind.SHARE;
    }
}
