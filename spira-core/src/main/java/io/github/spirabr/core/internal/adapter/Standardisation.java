package io.github.spirabr.core.internal.adapter;

/**
 * The weighted mean and deviation of each column of a table, by Welford's method. A column that is the same in all rows has a
 * deviation of 1. Not thread-safe.
 */
public final class Standardisation {

    private final double[] means;
    private final double[] squares;
    private double weight;

    /** Creates a standardisation without rows. */
    public Standardisation(int columns) {
        means = new double[columns];
        squares = new double[columns];
    }

    /**
     * Adds a row.
     *
     * @param share weight of the row, above 0
     */
    public void add(float[] row, double share) {
        weight += share;
        for (int i = 0; i < means.length; i++) {
            double before = row[i] - means[i];
            means[i] += before * share / weight;
            squares[i] += share * before * (row[i] - means[i]);
        }
    }

    /** Returns the mean of each column. */
    public double[] means() {
        return means.clone();
    }

    /** Returns the deviation of each column, which is not corrected for the number of rows. */
    public double[] deviations() {
        double[] deviations = new double[means.length];
        for (int i = 0; i < deviations.length; i++) {
            double deviation = Math.sqrt(squares[i] / weight);
            deviations[i] = deviation > Math.ulp((float) means[i]) ? deviation : 1;
        }
        return deviations;
    }
}
