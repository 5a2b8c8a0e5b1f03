package io.github.spirabr.training.internal.kernel;

/**
 * The order in which a long row is added: element i belongs to lane i modulo {@link #count}, each lane is added in order of i;
 * the quarters of the lanes are added to each other, what remains to 16 sums, and these in {@code double}; last come up to 15
 * elements after the last multiple of 16. The order depends on the row's length alone, never on the vectors of a processor.
 *
 * @param count number of lanes, a multiple of 64 and at most {@link #MOST}
 * @param rounds number of elements of a lane at most
 * @param end number of elements in lanes, a multiple of 16
 */
record LaneShape(int count, int rounds, int end) {

    /** Most lanes: plain loops need so many to be vectorised, and a few arrays of them fit a first-level cache. */
    static final int MOST = 1024;

    /** Number of sums that the lanes are folded to. */
    static final int SUMS = 16;

    static LaneShape of(int length) {
        int rounds = Math.max(1, (length + MOST - 1) / MOST);
        int count = ((length + rounds - 1) / rounds + 63) & ~63;
        int end = length & -SUMS;
        return new LaneShape(Math.max(count, 64), rounds, end);
    }

    /** Returns the number of lanes that have an element in a round. */
    int filled(int round) {
        return Math.max(0, Math.min(count, end - round * count));
    }

    /** Adds the last elements of a row, which are in no lane. */
    double addRest(double sum, float[] x, int at, int n) {
        for (int i = end; i < n; i++) {
            sum += x[at + i];
        }
        return sum;
    }

    /** Adds the squared deviations from a mean of the last elements. */
    double addRestOfSquares(double sum, float[] x, int at, int n, float mean) {
        for (int i = end; i < n; i++) {
            double d = x[at + i] - mean;
            sum += d * d;
        }
        return sum;
    }

    /** Adds the products of the last elements of two rows. */
    double addRestOfProducts(double sum, float[] a, int aAt, float[] x, int xAt, int n) {
        for (int i = end; i < n; i++) {
            sum += (double) a[aAt + i] * x[xAt + i];
        }
        return sum;
    }

    /** Adds the sums in their order. */
    static double fold(float[] sums, int at) {
        double first = 0;
        double second = 0;
        for (int k = 0; k < SUMS; k += 2) {
            first += sums[at + k];
            second += sums[at + k + 1];
        }
        return first + second;
    }
}
