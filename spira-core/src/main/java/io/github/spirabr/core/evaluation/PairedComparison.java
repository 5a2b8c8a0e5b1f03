package io.github.spirabr.core.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * A paired comparison of two models' answers to the same recordings.
 *
 * @param metric the compared metric
 * @param first the first model's value
 * @param second the second model's value
 * @param difference second minus first
 * @param lower end of the difference's 95 % interval by bootstrap over subjects (percentiles); NaN if undefined
 * @param upper end of that interval
 * @param firstOnly number of recordings that the first model alone classifies correctly
 * @param secondOnly number of recordings that the second model alone classifies correctly
 * @param mcNemar p-value of McNemar's test (exact, two-sided), under the hypothesis that the models are equally good.
 *     The test treats recordings as independent, and so is too small where subjects have many
 */
public record PairedComparison(
        Metric metric,
        double first,
        double second,
        double difference,
        double lower,
        double upper,
        int firstOnly,
        int secondOnly,
        double mcNemar) {

    private static final double TAIL = 0.025;

    /**
     * Compares two evaluations.
     *
     * @param first answers, at the first model's threshold
     * @param second answers to the very same recordings, in any order, at the second model's threshold
     * @param metric the metric to compare
     * @param replicates number of bootstrap replicates, at least 100
     * @param seed of the draws
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
                        + " is not answered by both models, or not with one label and subject; compare models on the same"
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
}
