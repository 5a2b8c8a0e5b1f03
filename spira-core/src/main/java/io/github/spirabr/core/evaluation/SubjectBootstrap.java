package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Draws subjects, with all of their answers, with replacement; those of controls, of patients and of both apart, as
 * many of each as there are. Recordings of one subject resemble each other: who draws recordings takes them for more
 * evidence than they are. Immutable and thread-safe.
 */
final class SubjectBootstrap {

    private static final int MANY_SUBJECTS = 2000;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final String[] subjects;
    private final List<int[]> strata;
    private final RandomStreams random;

    SubjectBootstrap(List<RecordingScore> scores, long seed) {
        subjects = scores.stream().map(RecordingScore::subject).distinct().sorted().toArray(String[]::new);
        int[] classes = new int[subjects.length];
        for (RecordingScore score : scores) {
            classes[number(score)] |= 1 << score.label().code();
        }
        strata = Arrays.stream(classes)
                .distinct()
                .mapToObj(its -> IntStream.range(0, classes.length).filter(i -> classes[i] == its).toArray())
                .toList();
        random = new RandomStreams(seed);
    }

    private int number(RecordingScore score) {
        return Arrays.binarySearch(subjects, score.subject());
    }

    int subjects() {
        return subjects.length;
    }

    /** The number of each score's subject. */
    int[] numbers(List<RecordingScore> scores) {
        return scores.stream().mapToInt(this::number).toArray();
    }

    /** Each subject once. */
    int[] everyone() {
        int[] weights = new int[subjects.length];
        Arrays.fill(weights, 1);
        return weights;
    }

    /** How often each subject is drawn in this replicate, by its number. */
    int[] weights(int replicate) {
        int[] weights = new int[subjects.length];
        RandomGenerator stream = random.stream("bootstrap", 0, Integer.toString(replicate));
        for (int[] stratum : strata) {
            for (int i = 0; i < stratum.length; i++) {
                weights[stratum[stream.nextInt(stratum.length)]]++;
            }
        }
        return weights;
    }

    /**
     * The influence of single subjects on a metric, by leaving each out in turn, stratum by stratum (Davison and Hinkley 1997,
     * 5.3).
     *
     * @param acceleration a sixth of the skewness of the influences; 0 if they are not defined, or all 0
     * @param deviation the standard deviation of the metric that they imply; 0 if they are not defined
     * @param widening the factor of a normal deviate that makes it one of Student's t, with the degrees of freedom of
     *     Welch and Satterthwaite, and makes up for the n of a bootstrap's variance where n - 1 are free (Hesterberg 2015)
     */
    record Influence(double acceleration, double deviation, double widening) {}

    /**
     * Computes the influence of single subjects on a metric.
     *
     * @param metric a function of the subjects' weights
     * @param tail the share of a tail, whose deviate is widened
     */
    Influence influence(ToDoubleFunction<int[]> metric, double tail) {
        if (subjects() > MANY_SUBJECTS) {
            return new Influence(0, 0, 1);
        }
        double cubes = 0;
        double drawn = 0;
        double variance = 0;
        double freedom = 0;
        for (int[] stratum : strata) {
            int n = stratum.length;
            if (n < 2) {
                continue;
            }
            double[] without = new double[n];
            double mean = 0;
            for (int i = 0; i < n; i++) {
                int[] weights = everyone();
                weights[stratum[i]] = 0;
                without[i] = metric.applyAsDouble(weights);
                mean += without[i] / n;
            }
            double squares = 0;
            double fourths = 0;
            for (double one : without) {
                double influence = (mean - one) * (n - 1) / n;
                cubes += influence * influence * influence;
                squares += influence * influence;
                fourths += influence * influence * influence * influence;
            }
            double own = squares * n / (n - 1);
            drawn += squares;
            variance += own;
            // The variance of a variance grows with the kurtosis (O'Neill 2014); that of a normal distribution gives n - 1.
            double kurtosis = squares > 0 ? Math.max(3, n * fourths / (squares * squares)) : 3;
            freedom += own * own * (kurtosis - (n - 3.0) / (n - 1)) / (2 * n);
        }
        // Differences so small that their squares vanish are none.
        if (!(drawn > 0) || !Double.isFinite(drawn) || !(freedom > 0)) {
            return new Influence(0, 0, widenedDeviate(tail) / NORMAL.inverseCumulativeProbability(tail));
        }
        double t = new TDistribution(null, variance * variance / freedom).inverseCumulativeProbability(tail);
        double widening = t / NORMAL.inverseCumulativeProbability(tail) * Math.sqrt(variance / drawn);
        return new Influence(cubes / (6 * Math.pow(drawn, 1.5)), Math.sqrt(variance), widening);
    }

    /** The share to take of the replicates for a tail of this share, which few subjects make too narrow. */
    double widened(double tail) {
        return NORMAL.cumulativeProbability(widenedDeviate(tail));
    }

    /** The same as a normal deviate, since the share may be too small for an inverse. */
    double widenedDeviate(double tail) {
        int least = strata.stream().mapToInt(stratum -> stratum.length).filter(count -> count > 1).min().orElse(2);
        double t = new TDistribution(null, least - 1).inverseCumulativeProbability(tail);
        return t * Math.sqrt(least / (least - 1.0));
    }

    /** The value below which this share of the sorted values lies, interpolated (type 7 of Hyndman and Fan 1996). */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
