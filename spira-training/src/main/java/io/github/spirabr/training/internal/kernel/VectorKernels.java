package io.github.spirabr.training.internal.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels with the Vector API: blocks of four outputs by two vectors, held in registers. Compiled apart from the other classes,
 * with the module {@code jdk.incubator.vector}, and loaded only where Java was started with it.
 */
final class VectorKernels extends Kernels {

    private static final VectorSpecies<Float> FLOATS = species();
    private static final int LENGTH = FLOATS.length();
    private static final int PAIR = 2 * LENGTH;

    /** Most bits that {@link LaneShape#SUMS} floats have. */
    private static VectorSpecies<Float> species() {
        return FloatVector.SPECIES_PREFERRED.length() > LaneShape.SUMS ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    }

    @Override
    String name() {
        return "Vector API, " + FLOATS.vectorBitSize() + " bits";
    }

    @Override
    void weightedSums(
            float[] x, Taps taps, float[] starts, int startsAt, float[] y, int yAt, int yStride, int n, KernelScratch scratch) {
        float[] begin = starts == null ? y : spread(starts, startsAt, taps.outputs, scratch);
        int i = 0;
        for (; i + PAIR <= n; i += PAIR) {
            pairs(x, taps, i, begin, y, yAt + i, yStride);
        }
        if (i < n && i > 0 && starts != null) {
            // Once more for some positions: their sums are the same.
            pairs(x, taps, n - PAIR, begin, y, yAt + n - PAIR, yStride);
        } else {
            for (; i < n; i++) {
                single(x, taps, starts, startsAt, y, yAt + i, yStride, i);
            }
        }
    }

    /** Returns two vectors of each first summand, so that all are loaded, as those of y are. */
    private static float[] spread(float[] starts, int at, int outputs, KernelScratch scratch) {
        float[] all = scratch.sums(outputs * PAIR);
        for (int o = 0; o < outputs; o++) {
            Arrays.fill(all, o * PAIR, (o + 1) * PAIR, starts[at + o]);
        }
        return all;
    }

    private static void pairs(float[] x, Taps taps, int i, float[] begin, float[] y, int at, int yStride) {
        int last = taps.outputs - 1;
        int beginAt = begin == y ? at : 0;
        int beginStride = begin == y ? yStride : PAIR;
        for (int o = 0; o <= last; o += OUTPUTS) {
            int o1 = Math.min(o + 1, last);
            int o2 = Math.min(o + 2, last);
            int o3 = Math.min(o + 3, last);
            pairs(x, taps.offsets, i, taps.weights, o * taps.count, begin,
                    beginAt + o * beginStride, beginAt + o1 * beginStride, beginAt + o2 * beginStride, beginAt + o3 * beginStride,
                    y, at + o * yStride, at + o1 * yStride, at + o2 * yStride, at + o3 * yStride);
        }
    }

    /** Four outputs at two vectors of positions. */
    private static void pairs(
            float[] x, int[] offsets, int i, float[] weights, int weightsAt, float[] begin,
            int s0, int s1, int s2, int s3, float[] y, int y0, int y1, int y2, int y3) {
        FloatVector a0 = fromArray(FLOATS, begin, s0);
        FloatVector a1 = fromArray(FLOATS, begin, s1);
        FloatVector a2 = fromArray(FLOATS, begin, s2);
        FloatVector a3 = fromArray(FLOATS, begin, s3);
        FloatVector b0 = fromArray(FLOATS, begin, s0 + LENGTH);
        FloatVector b1 = fromArray(FLOATS, begin, s1 + LENGTH);
        FloatVector b2 = fromArray(FLOATS, begin, s2 + LENGTH);
        FloatVector b3 = fromArray(FLOATS, begin, s3 + LENGTH);
        int w = weightsAt;
        for (int q = 0; q < offsets.length; q++) {
            int from = offsets[q] + i;
            FloatVector a = fromArray(FLOATS, x, from);
            FloatVector b = fromArray(FLOATS, x, from + LENGTH);
            FloatVector w0 = broadcast(FLOATS, weights[w]);
            FloatVector w1 = broadcast(FLOATS, weights[w + 1]);
            FloatVector w2 = broadcast(FLOATS, weights[w + 2]);
            FloatVector w3 = broadcast(FLOATS, weights[w + 3]);
            a0 = w0.fma(a, a0);
            b0 = w0.fma(b, b0);
            a1 = w1.fma(a, a1);
            b1 = w1.fma(b, b1);
            a2 = w2.fma(a, a2);
            b2 = w2.fma(b, b2);
            a3 = w3.fma(a, a3);
            b3 = w3.fma(b, b3);
            w += OUTPUTS;
        }
        a0.intoArray(y, y0);
        b0.intoArray(y, y0 + LENGTH);
        a1.intoArray(y, y1);
        b1.intoArray(y, y1 + LENGTH);
        a2.intoArray(y, y2);
        b2.intoArray(y, y2 + LENGTH);
        a3.intoArray(y, y3);
        b3.intoArray(y, y3 + LENGTH);
    }

    private static void single(float[] x, Taps taps, float[] starts, int startsAt, float[] y, int at, int yStride, int i) {
        for (int o = 0; o < taps.outputs; o++) {
            float sum = starts == null ? y[at + o * yStride] : starts[startsAt + o];
            int w = taps.start(o);
            for (int q = 0; q < taps.count; q++) {
                sum = Math.fma(taps.weights[w + q * OUTPUTS], x[taps.offsets[q] + i], sum);
            }
            y[at + o * yStride] = sum;
        }
    }

    @Override
    void products(
            float[] a, int aAt, int aStride, int rows, float[] x, int[] offsets, int n, double[] out, KernelScratch scratch) {
        LaneShape shape = LaneShape.of(n);
        int count = offsets.length;
        int padded = (rows + OUTPUTS - 1) & -OUTPUTS;
        int size = padded * (count + 1) * LaneShape.SUMS;
        float[] sums = scratch.sums(size);
        Arrays.fill(sums, 0, size, 0f);
        for (int lane = 0; lane < shape.count() / 4; lane += LENGTH) {
            int sumLane = lane & (LaneShape.SUMS - 1);
            for (int q = 0; q < count; q += 2) {
                int x0 = offsets[q];
                int x1 = offsets[Math.min(q + 1, count - 1)];
                for (int r = 0; r < rows; r += OUTPUTS) {
                    int last = rows - 1;
                    block(a, aAt + r * aStride, aAt + Math.min(r + 1, last) * aStride, aAt + Math.min(r + 2, last) * aStride,
                            aAt + Math.min(r + 3, last) * aStride, x, x0, x1, lane, shape.count(), shape.end(),
                            sums, (q * padded + 2 * r) * LaneShape.SUMS + sumLane);
                }
            }
        }
        for (int q = 0; q < count; q++) {
            for (int r = 0; r < rows; r++) {
                int at = ((q & ~1) * padded + 2 * (r & ~3) + (r & 3) * 2 + (q & 1)) * LaneShape.SUMS;
                out[r * count + q] = shape.addRestOfProducts(
                        LaneShape.fold(sums, at), a, aAt + r * aStride, x, offsets[q], n);
            }
        }
    }

    /** One vector of lanes of four rows by two others: all rounds of each quarter, then the quarters, then the sums. */
    private static void block(
            float[] a, int a0, int a1, int a2, int a3, float[] x, int x0, int x1, int lane, int lanes, int end,
            float[] sums, int at) {
        FloatVector t0 = broadcast(FLOATS, 0f);
        FloatVector t1 = t0;
        FloatVector t2 = t0;
        FloatVector t3 = t0;
        FloatVector u0 = t0;
        FloatVector u1 = t0;
        FloatVector u2 = t0;
        FloatVector u3 = t0;
        int quarter = lanes / 4;
        for (int from = lane; from < lanes; from += quarter) {
            FloatVector s0 = broadcast(FLOATS, 0f);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector r0 = s0;
            FloatVector r1 = s0;
            FloatVector r2 = s0;
            FloatVector r3 = s0;
            for (int i = from; i < end; i += lanes) {
                FloatVector v0 = fromArray(FLOATS, x, x0 + i);
                FloatVector v1 = fromArray(FLOATS, x, x1 + i);
                FloatVector w0 = fromArray(FLOATS, a, a0 + i);
                FloatVector w1 = fromArray(FLOATS, a, a1 + i);
                FloatVector w2 = fromArray(FLOATS, a, a2 + i);
                FloatVector w3 = fromArray(FLOATS, a, a3 + i);
                s0 = w0.fma(v0, s0);
                r0 = w0.fma(v1, r0);
                s1 = w1.fma(v0, s1);
                r1 = w1.fma(v1, r1);
                s2 = w2.fma(v0, s2);
                r2 = w2.fma(v1, r2);
                s3 = w3.fma(v0, s3);
                r3 = w3.fma(v1, r3);
            }
            t0 = t0.add(s0);
            t1 = t1.add(s1);
            t2 = t2.add(s2);
            t3 = t3.add(s3);
            u0 = u0.add(r0);
            u1 = u1.add(r1);
            u2 = u2.add(r2);
            u3 = u3.add(r3);
        }
        add(sums, at, t0);
        add(sums, at + LaneShape.SUMS, u0);
        add(sums, at + 2 * LaneShape.SUMS, t1);
        add(sums, at + 3 * LaneShape.SUMS, u1);
        add(sums, at + 4 * LaneShape.SUMS, t2);
        add(sums, at + 5 * LaneShape.SUMS, u2);
        add(sums, at + 6 * LaneShape.SUMS, t3);
        add(sums, at + 7 * LaneShape.SUMS, u3);
    }

    private static void add(float[] sums, int at, FloatVector more) {
        fromArray(FLOATS, sums, at).add(more).intoArray(sums, at);
    }

    @Override
    double sum(float[] x, int at, int n, KernelScratch scratch) {
        LaneShape shape = LaneShape.of(n);
        float[] sums = scratch.sums(LaneShape.SUMS);
        Arrays.fill(sums, 0, LaneShape.SUMS, 0f);
        int quarter = shape.count() / 4;
        for (int lane = 0; lane < quarter; lane += LENGTH) {
            FloatVector total = broadcast(FLOATS, 0f);
            for (int from = lane; from < shape.count(); from += quarter) {
                FloatVector some = broadcast(FLOATS, 0f);
                for (int i = from; i < shape.end(); i += shape.count()) {
                    some = some.add(fromArray(FLOATS, x, at + i));
                }
                total = total.add(some);
            }
            add(sums, lane & (LaneShape.SUMS - 1), total);
        }
        return shape.addRest(LaneShape.fold(sums, 0), x, at, n);
    }

    @Override
    double squares(float[] x, int at, int n, float mean, KernelScratch scratch) {
        LaneShape shape = LaneShape.of(n);
        float[] sums = scratch.sums(LaneShape.SUMS);
        Arrays.fill(sums, 0, LaneShape.SUMS, 0f);
        int quarter = shape.count() / 4;
        for (int lane = 0; lane < quarter; lane += LENGTH) {
            FloatVector total = broadcast(FLOATS, 0f);
            for (int from = lane; from < shape.count(); from += quarter) {
                FloatVector some = broadcast(FLOATS, 0f);
                for (int i = from; i < shape.end(); i += shape.count()) {
                    FloatVector d = fromArray(FLOATS, x, at + i).sub(mean);
                    some = d.fma(d, some);
                }
                total = total.add(some);
            }
            add(sums, lane & (LaneShape.SUMS - 1), total);
        }
        return shape.addRestOfSquares(LaneShape.fold(sums, 0), x, at, n, mean);
    }

    @Override
    void centredAffine(
            float[] x, int xAt, float[] y, int yAt, int n, float mean, float slope, float offset, KernelScratch scratch) {
        FloatVector slopes = broadcast(FLOATS, slope);
        FloatVector offsets = broadcast(FLOATS, offset);
        int i = 0;
        for (; i + LENGTH <= n; i += LENGTH) {
            fromArray(FLOATS, x, xAt + i).sub(mean).fma(slopes, offsets).intoArray(y, yAt + i);
        }
        for (; i < n; i++) {
            y[yAt + i] = Math.fma(x[xAt + i] - mean, slope, offset);
        }
    }

    @Override
    void activations(
            float[] x, int xAt, float[] y, int yAt, int n, float mean, float slope, float offset, KernelScratch scratch) {
        float[][] rows = scratch.rows(4);
        if (n < LENGTH) {
            System.arraycopy(x, xAt, rows[2], 0, n);
            activations(rows[2], n, mean, slope, offset, rows[0], rows[1], rows[3]);
            System.arraycopy(rows[3], 0, y, yAt, n);
            return;
        }
        activate(x, xAt, n, mean, slope, offset, rows[0], rows[1], y, yAt);
    }

    @Override
    void activations(float[] x, int n, float mean, float slope, float offset, float[] normal, float[] exp, float[] y) {
        if (n < LENGTH) {
            Kernels.plain().activations(x, n, mean, slope, offset, normal, exp, y);
            return;
        }
        activate(x, 0, n, mean, slope, offset, normal, exp, y, 0);
    }

    /** Kept in one body: a method with vectors as arguments is slow if the compiler does not inline it. */
    private static void activate(
            float[] x, int xAt, int n, float mean, float slope, float offset,
            float[] normal, float[] exp, float[] y, int yAt) {
        FloatVector slopes = broadcast(FLOATS, slope);
        FloatVector offsets = broadcast(FLOATS, offset);
        for (int next = 0; next < n; next += LENGTH) {
            int i = Math.min(next, n - LENGTH); // at the end some once more, with the same result: masks are slow
            FloatVector v = fromArray(FLOATS, x, xAt + i).sub(mean).fma(slopes, offsets);
            FloatVector c = v.blend(Mish.UPPER, v.compare(VectorOperators.GT, Mish.UPPER));
            c = c.blend(Mish.LOWER, c.compare(VectorOperators.LT, Mish.LOWER));
            FloatVector shifted = c.fma(broadcast(FLOATS, Mish.LOG2_E), broadcast(FLOATS, Mish.ROUNDING_SHIFT));
            FloatVector k = shifted.sub(Mish.ROUNDING_SHIFT);
            FloatVector r = k.fma(broadcast(FLOATS, -Mish.LN2_LOW), k.fma(broadcast(FLOATS, -Mish.LN2_HIGH), c));
            FloatVector q = broadcast(FLOATS, Mish.E6).fma(r, broadcast(FLOATS, Mish.E5)).fma(r, broadcast(FLOATS, Mish.E4));
            q = q.fma(r, broadcast(FLOATS, Mish.E3)).fma(r, broadcast(FLOATS, Mish.E2));
            q = q.fma(r, broadcast(FLOATS, 1f)).fma(r, broadcast(FLOATS, 1f));
            // The shift leaves k in the place of the exponent; added, it multiplies by 2^k.
            IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
            FloatVector e = q.reinterpretAsInts().add(power).reinterpretAsFloats();
            v.intoArray(normal, i);
            e.intoArray(exp, i);
            FloatVector w = e.mul(e.add(2f));
            v.mul(w.div(w.add(2f))).intoArray(y, yAt + i);
        }
    }

    @Override
    void timesDerivatives(float[] normal, float[] exp, float[] gradient, int n, float[] spare) {
        if (n < LENGTH) {
            Kernels.plain().timesDerivatives(normal, exp, gradient, n, spare);
            return;
        }
        int end = n - LENGTH;
        System.arraycopy(gradient, end, spare, 0, LENGTH);
        for (int next = 0; next < n; next += LENGTH) {
            int i = Math.min(next, end);
            if (next > end) {
                // Some once more, from the gradient as it was.
                System.arraycopy(spare, 0, gradient, end, LENGTH);
            }
            FloatVector x = fromArray(FLOATS, normal, i);
            FloatVector e = fromArray(FLOATS, exp, i);
            FloatVector w = e.mul(e.add(2f));
            FloatVector r = broadcast(FLOATS, 1f).div(w.add(2f));
            FloatVector low = x.blend(Mish.UPPER, x.compare(VectorOperators.GT, Mish.UPPER));
            FloatVector slope = low.mul(e.mul(r).mul(4f).mul(e.add(1f).mul(r)));
            fromArray(FLOATS, gradient, i).mul(w.fma(r, slope)).intoArray(gradient, i);
        }
    }

    @Override
    void maxima(float[] a, int n, float[] y, int yAt, int rows, KernelScratch scratch) {
        for (int r = 0; r < rows; r++) {
            int first = 2 * r * n;
            int to = yAt + r * n;
            int i = 0;
            for (; i + LENGTH <= n; i += LENGTH) {
                fromArray(FLOATS, a, first + i).max(fromArray(FLOATS, a, first + n + i)).intoArray(y, to + i);
            }
            for (; i < n; i++) {
                y[to + i] = Math.max(a[first + i], a[first + n + i]);
            }
        }
    }
}
