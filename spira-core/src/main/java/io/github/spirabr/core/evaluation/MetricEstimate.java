package io.github.spirabr.core.evaluation;

import java.util.Locale;

/**
 * A figure with how sure it is.
 *
 * @param metric which figure
 * @param value its value, NaN if it has no denominator
 * @param lower end of the 95 % confidence interval, NaN where there is none
 * @param upper end of the 95 % confidence interval, NaN where there is none
 * @param answers how many answers it is computed from
 * @param subjects of how many subjects these are
 * @param imprecise whether one of the classes has fewer than {@value #PRECISE_SUBJECTS} subjects, so that the figure
 *     must not be taken for more than a hint
 */
public record MetricEstimate(
        Metric metric, double value, double lower, double upper, int answers, int subjects, boolean imprecise) {

    /** With fewer subjects of a class than this, figures are called imprecise. */
    public static final int PRECISE_SUBJECTS = 100;

    /** Returns value and interval, such as {@code 0.91 (0.84 to 0.96)}; {@code undefined} without a denominator. */
    @Override
    public String toString() {
        if (Double.isNaN(value)) {
            return "undefined";
        }
        String interval = Double.isNaN(lower) ? "" : String.format(Locale.ROOT, " (%.2f to %.2f)", lower, upper);
        return String.format(Locale.ROOT, "%.2f", value) + interval;
    }
}
