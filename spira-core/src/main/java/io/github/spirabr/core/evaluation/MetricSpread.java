package io.github.spirabr.core.evaluation;

import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The spread of a metric over several trainings.
 *
 * @param metric the metric
 * @param mean mean over the trainings in which it is defined, NaN if it is undefined in all
 * @param standardDeviation of these, with n - 1; NaN for fewer than two
 * @param lower end of the mean's 95 % interval by Student's t; NaN for fewer than two
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
        // Student's t knows no range; a share above 1 cannot be.
        double most = metric == Metric.LOG_LOSS ? Double.POSITIVE_INFINITY : 1;
        return new MetricSpread(metric, mean, deviation, Math.max(0, mean - reach), Math.min(most, mean + reach), n);
    }
}
