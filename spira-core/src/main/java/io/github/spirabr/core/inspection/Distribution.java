package io.github.spirabr.core.inspection;

/**
 * The distribution of a measure over recordings.
 *
 * @param least the smallest value
 * @param low the 5th percentile
 * @param median the median
 * @param high the 95th percentile
 * @param greatest the largest value
 */
public record Distribution(double least, double low, double median, double high, double greatest) {

    /**
     * Returns the distribution of values.
     *
     * @param sorted at least one, ascending
     */
    static Distribution of(double[] sorted) {
        return new Distribution(
                sorted[0], at(sorted, 0.05), at(sorted, 0.5), at(sorted, 0.95), sorted[sorted.length - 1]);
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
