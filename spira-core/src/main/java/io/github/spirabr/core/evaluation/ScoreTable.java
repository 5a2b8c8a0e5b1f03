package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.recording.Label;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores sorted by probability, from which weighted metrics are computed. Immutable. */
final class ScoreTable {

    /** Keeps probabilities away from the logarithm's pole, since a float network saturates at 0 and 1. */
    private static final double EPSILON = 1e-7;

    static final int BINS = 10;

    /** The false positive rate up to which the partial area reaches. */
    private static final double PARTIAL = 0.1;

    private final double[] probabilities;
    private final boolean[] patients;
    private final int[] subjects;

    /**
     * Creates an instance.
     *
     * @param scores at least one
     * @param subjectNumbers the number of each score's subject, in the scores' order
     */
    ScoreTable(List<RecordingScore> scores, int[] subjectNumbers) {
        Integer[] order = new Integer[scores.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> scores.get(i).probability()));
        probabilities = new double[order.length];
        patients = new boolean[order.length];
        subjects = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            RecordingScore score = scores.get(order[i]);
            probabilities[i] = score.probability();
            patients[i] = score.label() == Label.PATIENT;
            subjects[i] = subjectNumbers[order[i]];
        }
    }

    /** Returns the weight of a score, which is that of its subject. */
    private double weight(int score, int[] subjectWeights) {
        return subjectWeights[subjects[score]];
    }

    /**
     * Computes a metric under weights.
     *
     * @param threshold threshold for those metrics that use one
     * @param weights the weight of each subject, by its number
     */
    double value(Metric metric, double threshold, int[] weights) {
        return new Weighted(threshold, weights).value(metric);
    }

    /** The table under weights; counts and sweep, which many metrics need, are computed once. Used by one thread. */
    final class Weighted {

        private final double threshold;
        private final int[] weights;
        private @Nullable Counts counts;
        private @Nullable Sweep sweep;

        /** Creates an instance, see {@link ScoreTable#value}. */
        Weighted(double threshold, int[] weights) {
            this.threshold = threshold;
            this.weights = weights;
        }

        double value(Metric metric) {
            return switch (metric) {
                case AUROC -> auroc(weights);
                case AUPRC -> averagePrecision(weights);
                case BRIER_SCORE -> brier(weights);
                case LOG_LOSS -> logLoss(weights);
                case CALIBRATION_ERROR -> calibrationError(weights);
                case SENSITIVITY_AT_90_SPECIFICITY -> sensitivity(swept(), 0.1);
                case SENSITIVITY_AT_95_SPECIFICITY -> sensitivity(swept(), 0.05);
                case SPECIFICITY_AT_90_SENSITIVITY -> specificity(swept(), 0.9);
                case SPECIFICITY_AT_95_SENSITIVITY -> specificity(swept(), 0.95);
                case PARTIAL_AUROC -> partialAuroc(swept());
                case BRIER_SKILL -> brierSkill(weights);
                default -> counted().value(metric);
            };
        }

        private Counts counted() {
            counts = counts == null ? counts(threshold, weights) : counts;
            return counts;
        }

        private Sweep swept() {
            sweep = sweep == null ? sweep(weights) : sweep;
            return sweep;
        }
    }

    /** TP, FN, FP and TN, weighted. */
    private record Counts(double tp, double fn, double fp, double tn) {

        double value(Metric metric) {
            return switch (metric) {
                case ACCURACY -> (tp + tn) / (tp + fn + fp + tn);
                case BALANCED_ACCURACY -> balancedAccuracy();
                case SENSITIVITY -> tp / (tp + fn);
                case SPECIFICITY -> tn / (tn + fp);
                case POSITIVE_PREDICTIVE_VALUE -> tp / (tp + fp);
                case NEGATIVE_PREDICTIVE_VALUE -> tn / (tn + fn);
                case F1 -> 2 * tp / (2 * tp + fp + fn);
                case MATTHEWS_CORRELATION ->
                        (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
                case COHENS_KAPPA -> tp + fn == 0 || tn + fp == 0 ? Double.NaN
                        : 2 * (tp * tn - fn * fp) / ((tp + fp) * (fp + tn) + (tp + fn) * (fn + tn));
                case POSITIVE_LIKELIHOOD_RATIO -> fp == 0 ? Double.NaN : tp / (tp + fn) / (fp / (fp + tn));
                case NEGATIVE_LIKELIHOOD_RATIO -> tn == 0 ? Double.NaN : fn / (tp + fn) / (tn / (fp + tn));
                default -> throw new IllegalArgumentException(metric + " is not computed from counts");
            };
        }

        private double balancedAccuracy() {
            if (tp + fn == 0) {
                return tn / (tn + fp);
            }
            if (tn + fp == 0) {
                return tp / (tp + fn);
            }
            return (tp / (tp + fn) + tn / (tn + fp)) / 2;
        }
    }

    private Counts counts(double threshold, int[] weights) {
        double tp = 0;
        double fn = 0;
        double fp = 0;
        double tn = 0;
        for (int i = 0; i < probabilities.length; i++) {
            double weight = weight(i, weights);
            boolean called = probabilities[i] >= threshold;
            if (patients[i]) {
                tp += called ? weight : 0;
                fn += called ? 0 : weight;
            } else {
                fp += called ? weight : 0;
                tn += called ? 0 : weight;
            }
        }
        return new Counts(tp, fn, fp, tn);
    }

    private double auroc(int[] weights) {
        double below = 0;
        double pairs = 0;
        double positives = 0;
        for (int i = 0; i < probabilities.length; ) {
            double tiedPositives = 0;
            double tiedNegatives = 0;
            int j = i;
            for (; j < probabilities.length && probabilities[j] == probabilities[i]; j++) {
                double weight = weight(j, weights);
                tiedPositives += patients[j] ? weight : 0;
                tiedNegatives += patients[j] ? 0 : weight;
            }
            pairs += tiedPositives * (below + tiedNegatives / 2);
            below += tiedNegatives;
            positives += tiedPositives;
            i = j;
        }
        return pairs / (positives * below);
    }

    private double averagePrecision(int[] weights) {
        double sum = 0;
        double tp = 0;
        double fp = 0;
        for (int i = probabilities.length - 1; i >= 0; ) {
            double tiedPositives = 0;
            int j = i;
            for (; j >= 0 && probabilities[j] == probabilities[i]; j--) {
                double weight = weight(j, weights);
                tiedPositives += patients[j] ? weight : 0;
                fp += patients[j] ? 0 : weight;
            }
            tp += tiedPositives;
            sum += tiedPositives > 0 ? tiedPositives * tp / (tp + fp) : 0;
            i = j;
        }
        return sum / tp;
    }

    /**
     * Counts at every threshold.
     *
     * @param thresholds the distinct probabilities, from the largest down
     * @param truePositives patients of this probability or more, weighted
     * @param falsePositives controls of this probability or more, weighted
     */
    record Sweep(double[] thresholds, double[] truePositives, double[] falsePositives) {

        boolean hasBothClasses() {
            return patients() > 0 && controls() > 0;
        }

        double patients() {
            return truePositives[truePositives.length - 1];
        }

        double controls() {
            return falsePositives[falsePositives.length - 1];
        }
    }

    Sweep sweep(int[] weights) {
        double[] thresholds = new double[probabilities.length];
        double[] truePositives = new double[probabilities.length];
        double[] falsePositives = new double[probabilities.length];
        int count = 0;
        double tp = 0;
        double fp = 0;
        for (int i = probabilities.length - 1; i >= 0; ) {
            int j = i;
            for (; j >= 0 && probabilities[j] == probabilities[i]; j--) {
                double weight = weight(j, weights);
                tp += patients[j] ? weight : 0;
                fp += patients[j] ? 0 : weight;
            }
            thresholds[count] = probabilities[i];
            truePositives[count] = tp;
            falsePositives[count] = fp;
            count++;
            i = j;
        }
        return new Sweep(Arrays.copyOf(thresholds, count), Arrays.copyOf(truePositives, count),
                Arrays.copyOf(falsePositives, count));
    }

    /** Returns the net benefit at as many thresholds of equal distance within (0, 1), from the smallest up. */
    double[] netBenefits(int thresholds, int[] weights) {
        double total = 0;
        for (int i = 0; i < probabilities.length; i++) {
            total += weight(i, weights);
        }
        double[] benefits = new double[thresholds];
        double tp = 0;
        double fp = 0;
        int i = probabilities.length - 1;
        for (int t = thresholds - 1; t >= 0; t--) {
            double threshold = (t + 1.0) / (thresholds + 1);
            for (; i >= 0 && probabilities[i] >= threshold; i--) {
                double weight = weight(i, weights);
                tp += patients[i] ? weight : 0;
                fp += patients[i] ? 0 : weight;
            }
            benefits[t] = (tp - fp * threshold / (1 - threshold)) / total;
        }
        return benefits;
    }

    /** Returns the sensitivity at a false positive rate, the largest where several have it. */
    private static double sensitivity(Sweep sweep, double falsePositiveRate) {
        if (!sweep.hasBothClasses()) {
            return Double.NaN;
        }
        double x = 0;
        double y = 0;
        for (int i = 0; i < sweep.thresholds().length; i++) {
            double nextX = sweep.falsePositives()[i] / sweep.controls();
            double nextY = sweep.truePositives()[i] / sweep.patients();
            if (nextX > falsePositiveRate) {
                return y + (nextY - y) * (falsePositiveRate - x) / (nextX - x);
            }
            x = nextX;
            y = nextY;
        }
        return y;
    }

    /** Returns the specificity at a sensitivity above 0, the largest where several have it. */
    private static double specificity(Sweep sweep, double sensitivity) {
        if (!sweep.hasBothClasses()) {
            return Double.NaN;
        }
        double x = 0;
        double y = 0;
        for (int i = 0; i < sweep.thresholds().length; i++) {
            double nextX = sweep.falsePositives()[i] / sweep.controls();
            double nextY = sweep.truePositives()[i] / sweep.patients();
            if (nextY >= sensitivity) {
                return 1 - x - (nextX - x) * (sensitivity - y) / (nextY - y);
            }
            x = nextX;
            y = nextY;
        }
        return 1 - x;
    }

    /** Returns the area up to {@link #PARTIAL}, standardised by the areas of chance and of a perfect ranking. */
    private static double partialAuroc(Sweep sweep) {
        if (!sweep.hasBothClasses()) {
            return Double.NaN;
        }
        double x = 0;
        double y = 0;
        double area = 0;
        for (int i = 0; i < sweep.thresholds().length && x < PARTIAL; i++) {
            double nextX = sweep.falsePositives()[i] / sweep.controls();
            double nextY = sweep.truePositives()[i] / sweep.patients();
            double endX = Math.min(nextX, PARTIAL);
            double endY = nextX > endX ? y + (nextY - y) * (endX - x) / (nextX - x) : nextY;
            area += (endX - x) * (y + endY) / 2;
            x = nextX;
            y = nextY;
        }
        double chance = PARTIAL * PARTIAL / 2;
        return (1 + (area - chance) / (PARTIAL - chance)) / 2;
    }

    /** The weighted sums of the answers in a bin of probabilities. */
    static final class BinSums {
        double answers;
        double probability;
        double patients;
    }

    /** Returns the sums of each bin. */
    BinSums[] bins(int[] weights) {
        BinSums[] sums = new BinSums[BINS];
        Arrays.setAll(sums, any -> new BinSums());
        for (int i = 0; i < probabilities.length; i++) {
            double weight = weight(i, weights);
            BinSums of = sums[bin(probabilities[i])];
            of.answers += weight;
            of.probability += weight * probabilities[i];
            of.patients += patients[i] ? weight : 0;
        }
        return sums;
    }

    private double brier(int[] weights) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < probabilities.length; i++) {
            double weight = weight(i, weights);
            double error = probabilities[i] - (patients[i] ? 1 : 0);
            sum += weight * error * error;
            total += weight;
        }
        return sum / total;
    }

    private double brierSkill(int[] weights) {
        double total = 0;
        double ill = 0;
        for (int i = 0; i < probabilities.length; i++) {
            double weight = weight(i, weights);
            total += weight;
            ill += patients[i] ? weight : 0;
        }
        double share = ill / total;
        return share > 0 && share < 1 ? 1 - brier(weights) / (share * (1 - share)) : Double.NaN;
    }

    private double logLoss(int[] weights) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < probabilities.length; i++) {
            double weight = weight(i, weights);
            double p = Math.min(1 - EPSILON, Math.max(EPSILON, probabilities[i]));
            sum -= weight * Math.log(patients[i] ? p : 1 - p);
            total += weight;
        }
        return sum / total;
    }

    private double calibrationError(int[] weights) {
        double[] difference = new double[BINS];
        double total = 0;
        for (int i = 0; i < probabilities.length; i++) {
            double weight = weight(i, weights);
            difference[bin(probabilities[i])] += weight * (probabilities[i] - (patients[i] ? 1 : 0));
            total += weight;
        }
        double sum = 0;
        for (double one : difference) {
            sum += Math.abs(one);
        }
        return sum / total;
    }

    /** Returns the bin of a probability: (0.1, 0.2] is the second bin; 0 is in the first one. */
    static int bin(double probability) {
        int bin = 0;
        while (bin < BINS - 1 && probability > (bin + 1) / (double) BINS) {
            bin++;
        }
        return bin;
    }
}
