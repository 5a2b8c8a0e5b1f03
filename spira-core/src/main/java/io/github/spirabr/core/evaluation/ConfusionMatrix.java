package io.github.spirabr.core.evaluation;

/**
 * Counts of right and wrong answers; a patient is a positive. Figures without a denominator are NaN.
 *
 * @param truePositives patients called patients
 * @param falseNegatives patients called controls
 * @param falsePositives controls called patients
 * @param trueNegatives controls called controls
 */
public record ConfusionMatrix(int truePositives, int falseNegatives, int falsePositives, int trueNegatives) {

    /** All answers. */
    public int total() {
        return truePositives + falseNegatives + falsePositives + trueNegatives;
    }

    /** (TP + TN) / all. */
    public double accuracy() {
        return (double) (truePositives + trueNegatives) / total();
    }

    /** TP / (TP + FN): the share of patients that are found. */
    public double sensitivity() {
        return (double) truePositives / (truePositives + falseNegatives);
    }

    /** TN / (TN + FP): the share of controls that are let go. */
    public double specificity() {
        return (double) trueNegatives / (trueNegatives + falsePositives);
    }
}
