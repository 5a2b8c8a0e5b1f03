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
     * The acceleration of a figure: a sixth of the skewness of what single subjects do to it, by leaving each out in
     * turn, stratum by stratum (Davison and Hinkley 1997, 5.3).
     *
     * @param figure of the subjects' weights
     * @return 0 if the figure is not defined without some subject, or does not change, or if there are so many subjects
     *     that it does not matter
     */
    double acceleration(ToDoubleFunction<int[]> figure) {
        if (subjects() > MANY_SUBJECTS) {
            return 0;
        }
        double cubes = 0;
        double squares = 0;
        for (int[] stratum : strata) {
            if (stratum.length < 2) {
                continue;
            }
            double[] without = new double[stratum.length];
            double mean = 0;
            for (int i = 0; i < stratum.length; i++) {
                int[] weights = everyone();
                weights[stratum[i]] = 0;
                without[i] = figure.applyAsDouble(weights);
                mean += without[i] / stratum.length;
            }
            for (double one : without) {
                double influence = (mean - one) * (stratum.length - 1) / stratum.length;
                cubes += influence * influence * influence;
                squares += influence * influence;
            }
        }
        double acceleration = cubes / (6 * Math.pow(squares, 1.5));
        return Double.isFinite(acceleration) ? acceleration : 0;
    }

    /** The share to take of the replicates for a tail of this share, which few subjects make too narrow. */
    double widened(double tail) {
        return new NormalDistribution(null, 0, 1).cumulativeProbability(widenedDeviate(tail));
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
