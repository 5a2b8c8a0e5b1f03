package io.github.spirabr.core.evaluation;

import java.util.Locale;

/**
 * The estimate of a metric with its confidence interval.
 *
 * @param metric the metric
 * @param value its value, NaN if it has no denominator
 * @param lower end of the 95 % confidence interval, NaN if undefined
 * @param upper end of the 95 % confidence interval, NaN if undefined
 * @param answers number of answers that it is computed from
 * @param subjects number of their subjects
 * @param imprecise whether one of the classes has fewer than {@value #PRECISE_SUBJECTS} subjects, so that the value is
 *     only a rough indication
 */
public record MetricEstimate(
        Metric metric, double value, double lower, double upper, int answers, int subjects, boolean imprecise) {

    /** The number of subjects of a class below which metrics are marked as imprecise. */
    public static final int PRECISE_SUBJECTS = 100;

    /** Returns value and interval, such as {@code 0.91 (0.84 to 0.96)}; {@code undefined} without a denominator. */
    @Override
    public String toString() {
        if (Double.isNaN(value)) {
            return "undefined";
        }
        String interval = Double.isNaN(lower) ? " (too few subjects for an interval)" : String.format(Locale.ROOT, " (%.2f to %.2f)", lower, upper);
        return String.format(Locale.ROOT, "%.2f", value) + interval;
    }
}
