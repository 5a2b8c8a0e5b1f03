package io.github.spirabr.core.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The estimate of a metric with its confidence interval.
 */
public final class MetricEstimate {

    /** The number of subjects of a class below which metrics are marked as imprecise. */
    public static final int PRECISE_SUBJECTS = 100;

    private final Metric metric;
    private final double value;
    private final double lower;
    private final double upper;
    private final int answers;
    private final int subjects;
    private final boolean imprecise;

    private MetricEstimate(Builder builder) {
        metric = builder.metric;
        value = builder.value;
        lower = builder.lower;
        upper = builder.upper;
        answers = builder.answers;
        subjects = builder.subjects;
        imprecise = builder.imprecise;
    }

    /** Returns a builder, for tests and for adapters that restore a stored value. */
    public static Builder builder(Metric metric, double value) {
        return new Builder(metric, value);
    }

    /** Returns the metric. */
    public Metric metric() {
        return metric;
    }

    /** Returns its value; NaN if it has no denominator. */
    public double value() {
        return value;
    }

    /** Returns the lower end of the 95 % confidence interval; NaN if undefined. */
    public double lower() {
        return lower;
    }

    /** Returns the upper end of the 95 % confidence interval; NaN if undefined. */
    public double upper() {
        return upper;
    }

    /** Returns the number of answers that it is computed from. */
    public int answers() {
        return answers;
    }

    /** Returns the number of their subjects. */
    public int subjects() {
        return subjects;
    }

    /**
     * Returns whether one of the classes has fewer than {@value #PRECISE_SUBJECTS} subjects, so that the value is only a
     * rough indication.
     */
    public boolean imprecise() {
        return imprecise;
    }

    /** Returns value and interval, such as {@code 0.91 (0.84 to 0.96)}; {@code undefined} without a denominator. */
    @Override
    public String toString() {
        return new Estimate(value, lower, upper).toString();
    }

    private List<Object> values() {
        return List.of(metric, value, lower, upper, answers, subjects, imprecise);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MetricEstimate that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    /** A builder of a {@link MetricEstimate}. Each method replaces a value. Not thread-safe. */
    public static final class Builder {

        private final Metric metric;
        private final double value;
        private double lower = Double.NaN;
        private double upper = Double.NaN;
        private int answers;
        private int subjects;
        private boolean imprecise;

        private Builder(Metric metric, double value) {
            this.metric = metric;
            this.value = value;
        }

        /** Sets both ends of the 95 % interval; NaN if it is undefined. */
        public Builder interval(double lower, double upper) {
            this.lower = lower;
            this.upper = upper;
            return this;
        }

        /** Sets {@link MetricEstimate#answers}. */
        public Builder answers(int answers) {
            this.answers = answers;
            return this;
        }

        /** Sets {@link MetricEstimate#subjects}. */
        public Builder subjects(int subjects) {
            this.subjects = subjects;
            return this;
        }

        /** Sets {@link MetricEstimate#imprecise}. */
        public Builder imprecise(boolean imprecise) {
            this.imprecise = imprecise;
            return this;
        }

        /** Returns the value. */
        public MetricEstimate build() {
            return new MetricEstimate(this);
        }
    }
}
