package io.github.spirabr.core.evaluation;

/**
 * Counts of right and wrong answers; the patient class is positive. Metrics without a denominator are NaN.
 *
 * @param truePositives patients classified as patient
 * @param falseNegatives patients classified as control
 * @param falsePositives controls classified as patient
 * @param trueNegatives controls classified as control
 */
public record ConfusionMatrix(int truePositives, int falseNegatives, int falsePositives, int trueNegatives) {

    /** Returns the number of all answers. */
    public int total() {
        return truePositives + falseNegatives + falsePositives + trueNegatives;
    }

    /** Returns (TP + TN) / all. */
    public double accuracy() {
        return (double) (truePositives + trueNegatives) / total();
    }

    /** Returns TP / (TP + FN): the share of patients classified as patient. */
    public double sensitivity() {
        return (double) truePositives / (truePositives + falseNegatives);
    }

    /** Returns TN / (TN + FP): the share of controls classified as control. */
    public double specificity() {
        return (double) trueNegatives / (trueNegatives + falsePositives);
    }
}
