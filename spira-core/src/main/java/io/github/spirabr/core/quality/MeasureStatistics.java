package io.github.spirabr.core.quality;

import java.util.Arrays;
import java.util.List;

/**
 * The statistics of a measure over recordings.
 *
 * @param mean of all recordings
 * @param deviation their standard deviation, of a sample (divided by their number less 1); 0 for a single one
 * @param deciles eleven values: the minimum, the 10 % to 90 % quantiles, the maximum
 */
public record MeasureStatistics(double mean, double deviation, List<Double> deciles) {

    private static final int TENTHS = 10;

    /** Copies the list; refuses any other number of deciles than eleven, and values that are not in ascending order. */
    public MeasureStatistics {
        deciles = List.copyOf(deciles);
        boolean sorted = deciles.equals(deciles.stream().sorted().toList());
        if (deciles.size() != TENTHS + 1 || !sorted) {
            throw new IllegalArgumentException("the deciles must be eleven values in ascending order, but were " + deciles);
        }
    }

    static MeasureStatistics of(double[] values) {
        double mean = Arrays.stream(values).sum() / values.length;
        double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        Double[] deciles = new Double[TENTHS + 1];
        for (int d = 0; d <= TENTHS; d++) {
            deciles[d] = sorted[Math.max(0, (int) Math.ceil(d * sorted.length / (double) TENTHS) - 1)];
        }
        return new MeasureStatistics(
                mean, values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)), List.of(deciles));
    }

    /** Returns the smallest value. */
    public double least() {
        return deciles.get(0);
    }
}
