package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.evaluation.SubjectBootstrap.Influence;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of an evaluation by key, with 95 % confidence intervals by a bootstrap over subjects: bias-corrected and accelerated
 * (Efron 1987), widened by Student's t with the degrees of freedom of Welch and Satterthwaite for the classes that decide the
 * metric, and by n / (n - 1) (Hesterberg 2015). Near the ends of a metric's range, where replicates vary too little, the interval
 * also covers an exact one: of Clopper and Pearson (1934) for shares, with the subjects of the denominator as trials, and of
 * Newcombe (2006) for the AUROC. The calibration error is biased upwards; its interval is mirrored at the value, and reaches 0
 * where the value may be that of perfectly calibrated probabilities (Bröcker and Smith 2007). The same seed gives the same
 * intervals.
 */
public final class MetricEstimates implements Iterable<MetricEstimate> {

    private static final double TAIL = 0.025;
    /** The share of replicates without a value that leaves the ends of an interval where they are. */
    private static final double BEYOND = 0.005;
    private static final double[] NONE = {Double.NaN, Double.NaN};
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final Map<Metric, MetricEstimate> byMetric = new LinkedHashMap<>();

    private MetricEstimates(List<MetricEstimate> estimates) {
        estimates.forEach(one -> byMetric.put(one.metric(), one));
    }

    /** Returns a collection of these estimates, in their order; of two of one metric the last counts. */
    public static MetricEstimates of(List<MetricEstimate> estimates) {
        return new MetricEstimates(estimates);
    }

    /** Returns a collection without estimates. */
    public static MetricEstimates none() {
        return new MetricEstimates(List.of());
    }

    /**
     * Returns the estimate of a metric.
     *
     * @throws IllegalArgumentException if it was not estimated
     */
    public MetricEstimate metric(Metric metric) {
        return find(metric).orElseThrow(() -> new IllegalArgumentException(
                "the metric must be one of " + byMetric.keySet() + ", but was " + metric));
    }

    /** Returns the estimate of a metric; empty if it was not estimated. */
    public Optional<MetricEstimate> find(Metric metric) {
        return Optional.ofNullable(byMetric.get(metric));
    }

    /** Returns all estimates in their order. */
    public List<MetricEstimate> all() {
        return List.copyOf(byMetric.values());
    }

    @Override
    public Iterator<MetricEstimate> iterator() {
        return all().iterator();
    }

    /** Returns whether there are no estimates. */
    public boolean isEmpty() {
        return byMetric.isEmpty();
    }

    /**
     * Returns how many answers all estimates are computed from.
     *
     * @throws IllegalStateException if there are no estimates
     */
    public int answers() {
        return any().answers();
    }

    /**
     * Returns the number of subjects of these answers.
     *
     * @throws IllegalStateException if there are no estimates
     */
    public int subjects() {
        return any().subjects();
    }

    /**
     * Returns whether a class has fewer than {@value MetricEstimate#PRECISE_SUBJECTS} subjects.
     *
     * @throws IllegalStateException if there are no estimates
     */
    public boolean imprecise() {
        return any().imprecise();
    }

    private MetricEstimate any() {
        return byMetric.values().stream().findFirst()
                .orElseThrow(() -> new IllegalStateException("there are no estimates, so that there are no counts"));
    }

    /**
     * Estimates every metric, in the order of {@link Metric}.
     *
     * @param evaluation the evaluated answers
     * @param replicates number of draws of subjects, at least 100; 2000 is usual
     * @param seed seed of the draws
     */
    public static MetricEstimates of(Evaluation evaluation, int replicates, long seed) {
        return of(evaluation, List.of(Metric.values()), replicates, seed);
    }

    /**
     * Estimates some metrics, with the same values as if all were estimated.
     *
     * @param evaluation the evaluated answers
     * @param metrics the metrics, in the order of the result
     * @param replicates number of draws of subjects, at least 100; 2000 is usual
     * @param seed seed of the draws
     */
    public static MetricEstimates of(Evaluation evaluation, List<Metric> metrics, int replicates, long seed) {
        if (replicates < 100) {
            throw new IllegalArgumentException("the replicates must be at least 100, but were " + replicates);
        }
        List<RecordingScore> scores = evaluation.scores();
        SubjectBootstrap bootstrap = new SubjectBootstrap(scores, seed);
        ScoreTable table = new ScoreTable(scores, bootstrap.numbers(scores));
        double threshold = evaluation.threshold();
        Map<Metric, double[]> drawn = new EnumMap<>(Metric.class);
        for (Metric metric : metrics) {
            drawn.put(metric, new double[replicates]);
        }
        for (int r = 0; r < replicates; r++) {
            ScoreTable.Weighted weighted = table.new Weighted(threshold, bootstrap.weights(r));
            for (Metric metric : metrics) {
                drawn.get(metric)[r] = weighted.value(metric);
            }
        }
        Map<Label, Integer> subjects = new EnumMap<>(Label.class);
        for (Label label : Label.values()) {
            subjects.put(label, (int) scores.stream()
                    .filter(one -> one.label() == label).map(RecordingScore::subject).distinct().count());
        }
        boolean imprecise = subjects.values().stream().anyMatch(count -> count < MetricEstimate.PRECISE_SUBJECTS);
        EdgeIntervals edges = new EdgeIntervals(evaluation, -bootstrap.widenedDeviate(TAIL));
        List<MetricEstimate> estimates = new ArrayList<>();
        for (Metric metric : metrics) {
            double value = table.value(metric, threshold, bootstrap.everyone());
            double[] defined =
                    Arrays.stream(drawn.get(metric)).filter(one -> !Double.isNaN(one)).sorted().toArray();
            double[] interval;
            if (Double.isNaN(value) || defined.length < least(metric, replicates)) {
                interval = NONE;
            } else if (defined[0] == defined[defined.length - 1]) {
                interval = edges.withoutSpread(metric, value).orElse(NONE);
            } else {
                Influence influence = bootstrap.influence(weights -> table.value(metric, threshold, weights), TAIL);
                interval = metric == Metric.CALIBRATION_ERROR
                        ? calibrationError(value, defined, influence, calibrated(scores, bootstrap, replicates, seed))
                        : edges.widened(metric, value, accelerated(value, defined, influence), influence);
            }
            estimates.add(MetricEstimate.builder(metric, value)
                    .interval(interval[0], interval[1])
                    .answers(scores.size())
                    .subjects(bootstrap.subjects())
                    .imprecise(imprecise)
                    .build());
        }
        return new MetricEstimates(estimates);
    }

    /** Returns the number of replicates that must have a value; those without one are the largest of a ratio without bound. */
    private static int least(Metric metric, int replicates) {
        return metric.scale() == Metric.Scale.POSITIVE ? (int) Math.ceil(replicates * (1 - BEYOND)) : replicates / 2;
    }

    private static double calibrated(List<RecordingScore> scores, SubjectBootstrap bootstrap, int replicates, long seed) {
        return new CalibrationNull(scores, bootstrap.numbers(scores)).quantile(TAIL, replicates, seed);
    }

    /**
     * Mirrors the replicates at the value, since both are biased upwards, and reaches 0 where the value may be that of perfectly
     * calibrated probabilities.
     */
    private static double[] calibrationError(
            double value, double[] sorted, Influence influence, double calibrated) {
        double tail = NORMAL.cumulativeProbability(NORMAL.inverseCumulativeProbability(TAIL) * influence.widening());
        return new double[] {
            value <= calibrated ? 0 : Math.max(0, 2 * value - SubjectBootstrap.quantile(sorted, 1 - tail)),
            Math.max(value, 2 * value - SubjectBootstrap.quantile(sorted, tail))
        };
    }

    private static double[] accelerated(double value, double[] sorted, Influence influence) {
        double below = 0;
        for (double one : sorted) {
            below += one < value ? 1 : one == value ? 0.5 : 0;
        }
        // Clipped by half a replicate, so that the quantile is finite.
        double share = Math.max(0.5, Math.min(sorted.length - 0.5, below)) / sorted.length;
        double bias = NORMAL.inverseCumulativeProbability(share);
        double z = NORMAL.inverseCumulativeProbability(TAIL) * influence.widening();
        return new double[] {
            SubjectBootstrap.quantile(sorted, corrected(bias + z, bias, influence.acceleration())),
            SubjectBootstrap.quantile(sorted, corrected(bias - z, bias, influence.acceleration()))
        };
    }

    /** With a handful of subjects the tails lie so far out that the correction has its pole before them: all is held. */
    private static double corrected(double z, double bias, double acceleration) {
        double scale = 1 - acceleration * z;
        if (scale <= 0) {
            return z < 0 ? 0 : 1;
        }
        return NORMAL.cumulativeProbability(bias + z / scale);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MetricEstimates that && all().equals(that.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }

    @Override
    public String toString() {
        return byMetric.toString();
    }

    /**
     * The spread of a metric over several trainings.
     */
    public static final class Spread {

        private static final double TAIL = 0.025;

        private final Metric metric;
        private final double mean;
        private final double standardDeviation;
        private final double lower;
        private final double upper;
        private final int trainings;

        private Spread(
                Metric metric,
                double mean,
                double standardDeviation,
                double lower,
                double upper,
                int trainings) {
            this.metric = metric;
            this.mean = mean;
            this.standardDeviation = standardDeviation;
            this.lower = lower;
            this.upper = upper;
            this.trainings = trainings;
        }

        /** Returns the metric. */
        public Metric metric() {
            return metric;
        }

        /** Returns the mean over the trainings in which it is defined; NaN if it is undefined in all. */
        public double mean() {
            return mean;
        }

        /** Returns the standard deviation of these, with n - 1; NaN for fewer than two. */
        public double standardDeviation() {
            return standardDeviation;
        }

        /**
         * Returns the lower end of the mean's 95 % interval by Student's t on the scale of the logit (of the logarithm for
         * metrics without an upper bound), so that it stays within the metric's range; NaN for fewer than two trainings, and for folds whose
         * values are all the same end of the range, which say nothing of other subjects.
         */
        public double lower() {
            return lower;
        }

        /** Returns the upper end of that interval. */
        public double upper() {
            return upper;
        }

        /** Returns the number of trainings in which it is defined. */
        public int trainings() {
            return trainings;
        }

        /**
         * Computes the spread of some values.
         *
         * @param metric the metric
         * @param values values of each training; NaN where it is not defined
         * @param overlap ratio of test recordings to training recordings, if each value is of another fold: folds share
         *     most of their training data, so that their spread is too small, and its square is multiplied by (1 / n +
         *     overlap) in place of 1 / n (Nadeau and Bengio, "Inference for the Generalization Error", 2003); 0 for
         *     trainings that differ by their seeds alone, whose interval then does not cover other subjects
         */
        public static Spread of(Metric metric, List<Double> values, double overlap) {
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
                return new Spread(metric, mean, deviation, end, end, n);
            }
            return new Spread(metric, mean, deviation, moved(metric, mean, -reach), moved(metric, mean, reach), n);
        }

        /** Moves a value by a distance on the scale on which it has no bounds. */
        private static double moved(Metric metric, double mean, double distance) {
            return switch (metric.scale()) {
                case UNIT -> share(mean, distance);
                case CORRELATION -> 2 * share((1 + mean) / 2, distance / 2) - 1;
                case SKILL -> 1 - positive(1 - mean, -distance);
                case POSITIVE -> positive(mean, distance);
            };
        }

        /** Moves a share by a distance that the delta method brings to the scale of the logit. */
        private static double share(double mean, double distance) {
            return 1 / (1 + (1 - mean) / mean * Math.exp(-distance / (mean * (1 - mean))));
        }

        private static double positive(double mean, double distance) {
            return mean * Math.exp(distance / mean);
        }

        private List<Object> values() {
            return List.of(metric, mean, standardDeviation, lower, upper, trainings);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Spread that && values().equals(that.values());
        }

        @Override
        public int hashCode() {
            return values().hashCode();
        }

        @Override
        public String toString() {
            return "Spread" + values();
        }
    }
}
