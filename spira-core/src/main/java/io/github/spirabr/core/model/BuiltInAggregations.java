package io.github.spirabr.core.model;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The aggregations of this package, and their providers. */
final class BuiltInAggregations {

    static final Aggregation MEAN = new Plain("mean", windows -> mean(windows, 0));
    static final Aggregation MEDIAN = new Plain("median", BuiltInAggregations::median);
    static final Aggregation MAXIMUM = new Plain("maximum", windows -> Arrays.stream(windows).max().orElseThrow());
    static final Aggregation LOG_ODDS_MEAN = new Plain("log-odds-mean", BuiltInAggregations::logOddsMean);

    private static final double EPSILON = 1e-7;

    private BuiltInAggregations() {}

    /** An aggregation without settings. */
    private record Plain(String type, ToDoubleFunction<double[]> formula) implements Aggregation {

        @Override
        public double of(double[] windows) {
            requireWindows(windows);
            return formula.applyAsDouble(windows);
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription(type, Map.of());
        }

        @Override
        public String toString() {
            return type;
        }
    }

    record TopMean(int windows) implements Aggregation {

        static final Setting WINDOWS =
                Setting.integer("windows", "Number of the greatest window probabilities that are averaged.").atLeast(1);

        TopMean {
            WINDOWS.check(windows);
        }

        @Override
        public double of(double[] all) {
            requireWindows(all);
            double[] sorted = all.clone();
            Arrays.sort(sorted);
            return mean(sorted, Math.max(0, sorted.length - windows));
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("top-mean", Map.of("windows", windows));
        }

        @Override
        public String toString() {
            return "top-mean of " + windows + (windows == 1 ? " window" : " windows");
        }
    }

    private static void requireWindows(double[] windows) {
        if (windows.length == 0) {
            throw new IllegalArgumentException("a recording must have at least one window");
        }
    }

    private static double mean(double[] values, int from) {
        double sum = 0;
        for (int i = from; i < values.length; i++) {
            sum += values[i];
        }
        return sum / (values.length - from);
    }

    private static double median(double[] windows) {
        double[] sorted = windows.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double logOddsMean(double[] windows) {
        double sum = 0;
        for (double window : windows) {
            double p = Math.min(1 - EPSILON, Math.max(EPSILON, window));
            sum += Math.log(p / (1 - p));
        }
        return 1 / (1 + Math.exp(-sum / windows.length));
    }

    /** Registers {@code mean}: {@link Aggregation#mean}, without settings. */
    public static final class MeanProvider extends ComponentProvider<Aggregation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public MeanProvider() {
            super(Aggregation.class, "mean");
        }

        @Override
        protected Aggregation create(Settings settings) {
            return MEAN;
        }
    }

    /** Registers {@code median}: {@link Aggregation#median}, without settings. */
    public static final class MedianProvider extends ComponentProvider<Aggregation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public MedianProvider() {
            super(Aggregation.class, "median");
        }

        @Override
        protected Aggregation create(Settings settings) {
            return MEDIAN;
        }
    }

    /** Registers {@code maximum}: {@link Aggregation#maximum}, without settings. */
    public static final class MaximumProvider extends ComponentProvider<Aggregation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public MaximumProvider() {
            super(Aggregation.class, "maximum");
        }

        @Override
        protected Aggregation create(Settings settings) {
            return MAXIMUM;
        }
    }

    /** Registers {@code top-mean}: {@link Aggregation#topMean}, with the number of {@code windows}. */
    public static final class TopMeanProvider extends ComponentProvider<Aggregation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public TopMeanProvider() {
            super(Aggregation.class, "top-mean", TopMean.WINDOWS);
        }

        @Override
        protected Aggregation create(Settings settings) {
            return Aggregation.topMean(settings.integer("windows"));
        }
    }

    /** Registers {@code log-odds-mean}: {@link Aggregation#logOddsMean}, without settings. */
    public static final class LogOddsMeanProvider extends ComponentProvider<Aggregation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public LogOddsMeanProvider() {
            super(Aggregation.class, "log-odds-mean");
        }

        @Override
        protected Aggregation create(Settings settings) {
            return LOG_ODDS_MEAN;
        }
    }
}
