package io.github.spirabr.core.evaluation;

import java.util.EnumSet;
import java.util.Set;

/**
 * Metrics of a binary classifier; the patient class is positive. TP, FN, FP and TN are counts at the threshold
 * (probabilities at or above it are classified as patient); N is the number of answers. A metric without a denominator
 * is NaN: no value is invented for a class that is missing. Where scikit-learn defines a metric the values are the
 * same.
 */
public enum Metric {
    /** (TP + TN) / N. */
    ACCURACY(Scale.UNIT, true),
    /**
     * Mean of the recalls of the classes that are present: of sensitivity and specificity, if both are. Also called
     * unweighted average recall (UAR), the measure of the ComParE challenges.
     */
    BALANCED_ACCURACY(Scale.UNIT, true),
    /** TP / (TP + FN): the share of patients classified as patient; recall, true positive rate. */
    SENSITIVITY(Scale.UNIT, true),
    /** TN / (TN + FP): the share of controls classified as control; true negative rate. */
    SPECIFICITY(Scale.UNIT, true),
    /**
     * TP / (TP + FP): the share of patients among those classified as patient; precision. Depends on the share of
     * patients in the data.
     */
    POSITIVE_PREDICTIVE_VALUE(Scale.UNIT, true),
    /**
     * TN / (TN + FN): the share of controls among those classified as control. Depends on the share of patients in the
     * data.
     */
    NEGATIVE_PREDICTIVE_VALUE(Scale.UNIT, true),
    /**
     * Sensitivity / (1 - specificity): the factor by which the answer "patient" multiplies the odds of being one. NaN without
     * false positives, where it has no bound.
     */
    POSITIVE_LIKELIHOOD_RATIO(Scale.POSITIVE, true),
    /** (1 - sensitivity) / specificity: the factor by which the answer "control" multiplies the odds of being a patient. */
    NEGATIVE_LIKELIHOOD_RATIO(Scale.POSITIVE, false),
    /** 2 TP / (2 TP + FP + FN): harmonic mean of precision and recall. */
    F1(Scale.UNIT, true),
    /**
     * (TP TN - FP FN) / sqrt((TP + FP) (TP + FN) (TN + FP) (TN + FN)): the correlation of answers with classes, from -1 to 1
     * (Matthews 1975). NaN unless both classes are present and both are answered.
     */
    MATTHEWS_CORRELATION(Scale.CORRELATION, true),
    /**
     * (observed - chance agreement) / (1 - chance agreement) of answers with classes, from -1 to 1 (Cohen 1960). NaN unless both
     * classes are present.
     */
    COHENS_KAPPA(Scale.CORRELATION, true),
    /**
     * Area under the receiver operating characteristic: the probability that a patient is scored above a control, ties
     * counting a half (Hanley and McNeil 1982). NaN unless both classes are present.
     */
    AUROC(Scale.UNIT, true),
    /**
     * Area under the receiver operating characteristic where the specificity is at least 90 %, standardised so that chance gives
     * 0.5 and perfect ranking 1 (McClish 1989). NaN unless both classes are present.
     */
    PARTIAL_AUROC(Scale.UNIT, true),
    /**
     * Sensitivity where the receiver operating characteristic, its points joined by straight lines, has a specificity of 90 %;
     * where the curve is vertical, the largest. As {@code coords} and {@code ci.se} of R's pROC. NaN unless both classes are
     * present. The threshold behind it is chosen on the same answers, so that it describes the ranking, not the threshold in use.
     */
    SENSITIVITY_AT_90_SPECIFICITY(Scale.UNIT, true),
    /** Sensitivity where the specificity is 95 %, as {@link #SENSITIVITY_AT_90_SPECIFICITY}. */
    SENSITIVITY_AT_95_SPECIFICITY(Scale.UNIT, true),
    /** Specificity where the receiver operating characteristic has a sensitivity of 90 %; where it is flat, the largest. */
    SPECIFICITY_AT_90_SENSITIVITY(Scale.UNIT, true),
    /** Specificity where the sensitivity is 95 %, as {@link #SPECIFICITY_AT_90_SENSITIVITY}. */
    SPECIFICITY_AT_95_SENSITIVITY(Scale.UNIT, true),
    /**
     * Area under the precision-recall curve as average precision, the sum of precision times the gain in recall over
     * the thresholds, without interpolation. NaN without patients. A random score gives the share of patients.
     */
    AUPRC(Scale.UNIT, true),
    /** Mean of (probability - label)²: 0 is perfect, a constant 0.5 gives 0.25 (Brier 1950). */
    BRIER_SCORE(Scale.UNIT, false),
    /**
     * 1 - Brier score / Brier score of the share of patients as the answer to all: 1 is perfect, 0 is no better than that share,
     * negative is worse. NaN unless both classes are present.
     */
    BRIER_SKILL(Scale.SKILL, true),
    /** Mean binary cross-entropy in nats; probabilities are clamped to [1e-7, 1 - 1e-7]. */
    LOG_LOSS(Scale.POSITIVE, false),
    /**
     * Expected calibration error: over ten bins of equal width, closed above, the mean of |mean probability - share of
     * patients|, weighted by the bins' answers (Guo et al. 2017, for the probability of being a patient). Biased upwards
     * where there are few answers.
     */
    CALIBRATION_ERROR(Scale.UNIT, false);

    /** Ranges of values: [0, 1], [-1, 1], up to 1, from 0. */
    enum Scale { UNIT, CORRELATION, SKILL, POSITIVE }

    private static final Set<Metric> MAIN = EnumSet.of(ACCURACY, BALANCED_ACCURACY, SENSITIVITY, SPECIFICITY,
            POSITIVE_PREDICTIVE_VALUE, NEGATIVE_PREDICTIVE_VALUE, F1, AUROC, AUPRC, BRIER_SCORE, LOG_LOSS, CALIBRATION_ERROR);

    private final Scale scale;
    private final boolean moreIsBetter;

    Metric(Scale scale, boolean moreIsBetter) {
        this.scale = scale;
        this.moreIsBetter = moreIsBetter;
    }

    /** Returns whether larger values are better. */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /** Returns whether reports show the metric in their section of clinical metrics, and not in the main table. */
    public boolean isClinical() {
        return !MAIN.contains(this);
    }

    Scale scale() {
        return scale;
    }
}
