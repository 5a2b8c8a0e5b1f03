package io.github.spirabr.core.evaluation;

import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The spread of a metric over several trainings.
 *
 * @param metric the metric
 * @param mean mean over the trainings in which it is defined, NaN if it is undefined in all
 * @param standardDeviation of these, with n - 1; NaN for fewer than two
 * @param lower end of the mean's 95 % interval by Student's t on the scale of the logit (of the logarithm for the log loss), so
 *     that it stays within the metric's range; NaN for fewer than two trainings, and for folds whose values are all the same
 *     end of the range, which say nothing of other subjects
 * @param upper end of that interval
 * @param trainings number of trainings in which it is defined
 */
public record MetricSpread(
        Metric metric, double mean, double standardDeviation, double lower, double upper, int trainings) {

    private static final double TAIL = 0.025;

    /**
     * Computes the spread of some values.
     *
     * @param metric the metric
     * @param values of each training; NaN where it is not defined
     * @param overlap ratio of test recordings to training recordings, if each value is of another fold: folds share
     *     most of their training data, so that their spread is too small, and its square is multiplied by (1 / n +
     *     overlap) in place of 1 / n (Nadeau and Bengio, "Inference for the Generalization Error", 2003); 0 for
     *     trainings that differ by their seeds alone, whose interval then does not cover other subjects
     */
    public static MetricSpread of(Metric metric, List<Double> values, double overlap) {
        double[] defined = values.stream().mapToDouble(Double::doubleValue).filter(one -> !Double.isNaN(one)).toArray();
        int n = defined.length;
        double sum = 0;
        for (double one : defined) {
            sum += one;
        }
        double mean = sum / n;
        double squares = 0;
        for (double one : defined) {
            squares += (one - mean) * (one - mean);
        }
        double deviation = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
        double reach = n < 2 ? Double.NaN
                : deviation * Math.sqrt(1.0 / n + overlap)
                        * new TDistribution(null, n - 1).inverseCumulativeProbability(1 - TAIL);
        if (reach == 0) {
            double end = overlap > 0 && (mean == 0 || mean == 1) ? Double.NaN : mean;
            return new MetricSpread(metric, mean, deviation, end, end, n);
        }
        return metric == Metric.LOG_LOSS
                ? new MetricSpread(metric, mean, deviation, positive(mean, -reach), positive(mean, reach), n)
                : new MetricSpread(metric, mean, deviation, share(mean, -reach), share(mean, reach), n);
    }

    /** Moves a share by a distance that the delta method brings to the scale of the logit. */
    private static double share(double mean, double distance) {
        return 1 / (1 + (1 - mean) / mean * Math.exp(-distance / (mean * (1 - mean))));
    }

    private static double positive(double mean, double distance) {
        return mean * Math.exp(distance / mean);
    }
}
