package io.github.spirabr.core.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.jspecify.annotations.Nullable;

/** A paired comparison of two models' answers to the same recordings. */
public final class PairedComparison {

    private final Metric metric;
    private final double first;
    private final double second;
    private final double difference;
    private final double lower;
    private final double upper;
    private final int firstOnly;
    private final int secondOnly;
    private final double mcNemar;

    PairedComparison(
            Metric metric,
            double first,
            double second,
            double difference,
            double lower,
            double upper,
            int firstOnly,
            int secondOnly,
            double mcNemar) {
        this.metric = metric;
        this.first = first;
        this.second = second;
        this.difference = difference;
        this.lower = lower;
        this.upper = upper;
        this.firstOnly = firstOnly;
        this.secondOnly = secondOnly;
        this.mcNemar = mcNemar;
    }

    /** Returns the compared metric. */
    public Metric metric() {
        return metric;
    }

    /** Returns the first model's value. */
    public double first() {
        return first;
    }

    /** Returns the second model's value. */
    public double second() {
        return second;
    }

    /** Returns the difference of the values: second minus first. */
    public double difference() {
        return difference;
    }

    /** Returns the lower end of the difference's 95 % interval by bootstrap over subjects (percentiles); NaN if undefined. */
    public double lower() {
        return lower;
    }

    /** Returns the upper end of the interval that {@link #lower} begins. */
    public double upper() {
        return upper;
    }

    /** Returns the number of recordings that the first model alone classifies correctly. */
    public int firstOnly() {
        return firstOnly;
    }

    /** Returns the number of recordings that the second model alone classifies correctly. */
    public int secondOnly() {
        return secondOnly;
    }

    /**
     * Returns the p-value of McNemar's test (exact, two-sided), under the hypothesis that the models are equally
     * good. The test treats recordings as independent, and so is too small where subjects have many.
     */
    public double mcNemar() {
        return mcNemar;
    }

    private static final double TAIL = 0.025;

    /**
     * Compares two evaluations.
     *
     * @param first answers, at the first model's threshold
     * @param second answers to the very same recordings, in any order, at the second model's threshold
     * @param metric the metric to compare
     * @param replicates number of bootstrap replicates, at least 100
     * @param seed seed of the draws
     * @throws IllegalArgumentException if the recordings differ
     */
    public static PairedComparison of(Evaluation first, Evaluation second, Metric metric, int replicates, long seed) {
        if (replicates < 100) {
            throw new IllegalArgumentException("the replicates must be at least 100, but were " + replicates);
        }
        Map<String, RecordingScore> others = new HashMap<>();
        second.scores().forEach(score -> others.put(score.recording(), score));
        int firstOnly = 0;
        int secondOnly = 0;
        for (RecordingScore score : first.scores()) {
            RecordingScore other = others.remove(score.recording());
            if (other == null || other.label() != score.label() || !other.subject().equals(score.subject())) {
                throw new IllegalArgumentException("recording " + score.recording()
                        + " is not answered by both models, or not with the same label and subject; compare models on the same"
                        + " recordings");
            }
            boolean one = right(score, first.threshold());
            boolean two = right(other, second.threshold());
            firstOnly += one && !two ? 1 : 0;
            secondOnly += two && !one ? 1 : 0;
        }
        if (!others.isEmpty()) {
            throw new IllegalArgumentException("recording " + others.keySet().iterator().next()
                    + " is answered by the second model only; compare models on the same recordings");
        }
        SubjectBootstrap bootstrap = new SubjectBootstrap(first.scores(), seed);
        ScoreTable one = new ScoreTable(first.scores(), bootstrap.numbers(first.scores()));
        ScoreTable two = new ScoreTable(second.scores(), bootstrap.numbers(second.scores()));
        double[] drawn = new double[replicates];
        for (int r = 0; r < replicates; r++) {
            int[] weights = bootstrap.weights(r);
            drawn[r] = two.value(metric, second.threshold(), weights) - one.value(metric, first.threshold(), weights);
        }
        double[] defined = Arrays.stream(drawn).filter(value -> !Double.isNaN(value)).sorted().toArray();
        boolean interval = defined.length >= replicates / 2;
        double tail = bootstrap.widened(TAIL);
        double a = one.value(metric, first.threshold(), bootstrap.everyone());
        double b = two.value(metric, second.threshold(), bootstrap.everyone());
        return new PairedComparison(
                metric, a, b, b - a,
                interval ? SubjectBootstrap.quantile(defined, tail) : Double.NaN,
                interval ? SubjectBootstrap.quantile(defined, 1 - tail) : Double.NaN,
                firstOnly, secondOnly, mcNemar(firstOnly, secondOnly));
    }

    private static boolean right(RecordingScore score, double threshold) {
        return (score.probability() >= threshold ? 1 : 0) == score.label().code();
    }

    private static double mcNemar(int firstOnly, int secondOnly) {
        int discordant = firstOnly + secondOnly;
        if (discordant == 0) {
            return 1;
        }
        BinomialDistribution even = new BinomialDistribution(null, discordant, 0.5);
        return Math.min(1, 2 * even.cumulativeProbability(Math.min(firstOnly, secondOnly)));
    }

    private List<Object> values() {
        return List.of(metric, first, second, difference, lower, upper, firstOnly, secondOnly, mcNemar);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PairedComparison that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "PairedComparison" + values();
    }
}
