package io.github.spirabr.core.evaluation;

import java.util.Locale;

/**
 * A value with its 95 % confidence interval.
 *
 * @param value the value; NaN if it has no denominator
 * @param lower lower end of the interval; NaN if there are too few subjects for one
 * @param upper upper end of the interval; NaN if there are too few subjects for one
 */
public record Estimate(double value, double lower, double upper) {

    /** Returns an estimate without an interval. */
    static Estimate of(double value) {
        return new Estimate(value, Double.NaN, Double.NaN);
    }

    /** Returns an estimate with an interval; without one if an end is not finite. */
    static Estimate of(double value, double lower, double upper) {
        return Double.isFinite(lower) && Double.isFinite(upper) ? new Estimate(value, lower, upper) : of(value);
    }

    /** Returns value and interval, such as {@code 0.91 (0.84 to 0.96)}; {@code undefined} without a denominator. */
    @Override
    public String toString() {
        if (Double.isNaN(value)) {
            return "undefined";
        }
        String interval = Double.isNaN(lower)
                ? " (too few subjects for an interval)" : String.format(Locale.ROOT, " (%.2f to %.2f)", lower, upper);
        return String.format(Locale.ROOT, "%.2f", value) + interval;
    }
}
