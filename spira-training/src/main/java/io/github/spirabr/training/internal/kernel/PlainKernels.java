package io.github.spirabr.training.internal.kernel;

import java.util.Arrays;

/** Kernels in plain Java: stretches are copied to arrays of their own, over which {@link FloatLoops} run from index 0. */
final class PlainKernels extends Kernels {

    /** Taps copied per visit of the outputs, a multiple of 4. */
    private static final int AT_ONCE = 8;

    @Override
    String name() {
        return "plain loops";
    }

    @Override
    void weightedSums(
            float[] x, Taps taps, float[] starts, int startsAt, float[] y, int yAt, int yStride, int n, KernelScratch scratch) {
        boolean single = taps.count <= AT_ONCE;
        float[][] copied = scratch.rows(AT_ONCE);
        float[][] sums = scratch.others(single ? 1 : taps.outputs);
        int size = (n + stretches(n) - 1) / stretches(n);
        for (int from = 0; from < n; from += size) {
            int m = Math.min(size, n - from);
            for (int q = 0; q < taps.count; q += AT_ONCE) {
                int some = Math.min(AT_ONCE, taps.count - q);
                for (int k = 0; k < some; k++) {
                    System.arraycopy(x, taps.offsets[q + k] + from, copied[k], 0, m);
                }
                for (int o = 0; o < taps.outputs; o++) {
                    float[] sum = sums[single ? 0 : o];
                    int at = yAt + o * yStride + from;
                    if (q == 0 && starts != null) {
                        Arrays.fill(sum, 0, m, starts[startsAt + o]);
                    } else if (q == 0) {
                        System.arraycopy(y, at, sum, 0, m);
                    }
                    FloatLoops.addWeighted(sum, m, copied, some, taps.weights, taps.start(o) + q * OUTPUTS, OUTPUTS);
                    if (q + some == taps.count) {
                        System.arraycopy(sum, 0, y, at, m);
                    }
                }
            }
        }
    }

    private static int stretches(int n) {
        return Math.max(1, (n + LaneShape.MOST - 1) / LaneShape.MOST);
    }

    @Override
    void products(
            float[] a, int aAt, int aStride, int rows, float[] x, int[] offsets, int n, double[] out, KernelScratch scratch) {
        LaneShape shape = LaneShape.of(n);
        float[][] factors = scratch.rows(rows * shape.rounds());
        float[][] others = scratch.others(shape.rounds());
        for (int r = 0; r < rows; r++) {
            copyRounds(a, aAt + r * aStride, shape, factors, r * shape.rounds());
        }
        float[] lanes = scratch.lanes;
        for (int q = 0; q < offsets.length; q++) {
            copyRounds(x, offsets[q], shape, others, 0);
            for (int r = 0; r < rows; r++) {
                Arrays.fill(lanes, 0, shape.count(), 0f);
                int at = r * shape.rounds();
                int round = 0;
                for (; round + 1 < shape.rounds(); round += 2) {
                    // All rounds but the last are full.
                    int m = shape.filled(round + 1);
                    FloatLoops.addProducts2(
                            lanes, m, factors[at + round], others[round], factors[at + round + 1], others[round + 1]);
                    if (m < shape.count()) {
                        FloatLoops.addProducts(lanes, m, shape.count(), factors[at + round], others[round]);
                    }
                }
                if (round < shape.rounds()) {
                    FloatLoops.addProducts(lanes, 0, shape.filled(round), factors[at + round], others[round]);
                }
                out[r * offsets.length + q] = shape.addRestOfProducts(
                        fold(shape, scratch), a, aAt + r * aStride, x, offsets[q], n);
            }
        }
    }

    private static void copyRounds(float[] x, int at, LaneShape shape, float[][] to, int first) {
        for (int round = 0; round < shape.rounds(); round++) {
            System.arraycopy(x, at + round * shape.count(), to[first + round], 0, shape.filled(round));
        }
    }

    /** Folds the lanes, as {@link LaneShape} specifies. */
    private static double fold(LaneShape shape, KernelScratch scratch) {
        float[] lanes = scratch.lanes;
        float[][] quarters = scratch.fold;
        int quarter = shape.count() / 4;
        for (int k = 0; k < 4; k++) {
            System.arraycopy(lanes, k * quarter, quarters[k], 0, quarter);
        }
        FloatLoops.sum4(lanes, quarter, quarters[0], quarters[1], quarters[2], quarters[3]);
        for (int l = LaneShape.SUMS; l < quarter; l += LaneShape.SUMS) {
            for (int k = 0; k < LaneShape.SUMS; k++) {
                lanes[k] += lanes[l + k];
            }
        }
        return LaneShape.fold(lanes, 0);
    }

    @Override
    double sum(float[] x, int at, int n, KernelScratch scratch) {
        LaneShape shape = LaneShape.of(n);
        float[] row = scratch.rows(1)[0];
        Arrays.fill(scratch.lanes, 0, shape.count(), 0f);
        for (int round = 0; round < shape.rounds(); round++) {
            int m = shape.filled(round);
            System.arraycopy(x, at + round * shape.count(), row, 0, m);
            FloatLoops.add(scratch.lanes, m, row);
        }
        return shape.addRest(fold(shape, scratch), x, at, n);
    }

    @Override
    double squares(float[] x, int at, int n, float mean, KernelScratch scratch) {
        LaneShape shape = LaneShape.of(n);
        float[] row = scratch.rows(1)[0];
        Arrays.fill(scratch.lanes, 0, shape.count(), 0f);
        for (int round = 0; round < shape.rounds(); round++) {
            int m = shape.filled(round);
            System.arraycopy(x, at + round * shape.count(), row, 0, m);
            FloatLoops.addSquaredDeviations(scratch.lanes, m, row, mean);
        }
        return shape.addRestOfSquares(fold(shape, scratch), x, at, n, mean);
    }

    @Override
    void centredAffine(
            float[] x, int xAt, float[] y, int yAt, int n, float mean, float slope, float offset, KernelScratch scratch) {
        float[][] rows = scratch.rows(2);
        for (int from = 0; from < n; from += LaneShape.MOST) {
            int m = Math.min(LaneShape.MOST, n - from);
            System.arraycopy(x, xAt + from, rows[0], 0, m);
            FloatLoops.centredAffine(rows[1], m, rows[0], mean, slope, offset);
            System.arraycopy(rows[1], 0, y, yAt + from, m);
        }
    }

    @Override
    void activations(
            float[] x, int xAt, float[] y, int yAt, int n, float mean, float slope, float offset, KernelScratch scratch) {
        float[][] rows = scratch.rows(4);
        System.arraycopy(x, xAt, rows[0], 0, n);
        activations(rows[0], n, mean, slope, offset, rows[1], rows[2], rows[3]);
        System.arraycopy(rows[3], 0, y, yAt, n);
    }

    @Override
    void activations(float[] x, int n, float mean, float slope, float offset, float[] normal, float[] exp, float[] y) {
        FloatLoops.centredAffine(normal, n, x, mean, slope, offset);
        Mish.exponentials(normal, exp, y, n);
        Mish.values(normal, exp, y, n);
    }

    @Override
    void timesDerivatives(float[] normal, float[] exp, float[] gradient, int n, float[] spare) {
        Mish.timesDerivatives(normal, exp, gradient, spare, n);
    }

    @Override
    void maxima(float[] a, int n, float[] y, int yAt, int rows, KernelScratch scratch) {
        float[][] some = scratch.rows(3);
        for (int r = 0; r < rows; r++) {
            for (int from = 0; from < n; from += LaneShape.MOST) {
                int m = Math.min(LaneShape.MOST, n - from);
                System.arraycopy(a, 2 * r * n + from, some[0], 0, m);
                System.arraycopy(a, (2 * r + 1) * n + from, some[1], 0, m);
                FloatLoops.max(some[2], m, some[0], some[1]);
                System.arraycopy(some[2], 0, y, yAt + r * n + from, m);
            }
        }
    }
}
