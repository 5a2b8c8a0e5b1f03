package io.github.spirabr.training.internal.kernel;

import static io.github.spirabr.training.internal.kernel.Fused.multiplyAdd;

/**
 * The innermost loops over {@code float} arrays.
 *
 * <p>Every loop reads and writes all of its arrays at the <em>same</em> index, starting from 0, and has a small body.
 * That is deliberate: C2 of JDK 17 cannot show that {@code out[i]} and {@code in[i + shift]} do not overlap and then
 * emits scalar code, and it does not unroll large bodies far enough to vectorise them. Callers therefore copy shifted
 * stretches to scratch arrays first, which costs little next to the arithmetic.
 *
 * <p>Each multiply-add is fused, by {@link Fused}, so that results are bit-identical on every machine and Java version,
 * vectorised or not, and equal those of the Vector API.
 *
 * <p>Stateless, hence thread-safe. Arrays passed to one call must be distinct unless stated otherwise.
 */
final class FloatLoops {

    private FloatLoops() {}

    /** {@code y[i] += w0*x0[i]} for i in [0, n). */
    static void axpy1(float[] y, int n, float[] x0, float w0) {
        for (int i = 0; i < n; i++) {
            y[i] = multiplyAdd(w0, x0[i], y[i]);
        }
    }

    /** {@code y[i] += w0*x0[i] + w1*x1[i]}, added left to right. */
    static void axpy2(float[] y, int n, float[] x0, float[] x1, float w0, float w1) {
        for (int i = 0; i < n; i++) {
            y[i] = multiplyAdd(w1, x1[i], multiplyAdd(w0, x0[i], y[i]));
        }
    }

    /** {@code y[i] += w0*x0[i] + w1*x1[i] + w2*x2[i]}, added left to right. */
    static void axpy3(float[] y, int n, float[] x0, float[] x1, float[] x2, float w0, float w1, float w2) {
        for (int i = 0; i < n; i++) {
            y[i] = multiplyAdd(w2, x2[i], multiplyAdd(w1, x1[i], multiplyAdd(w0, x0[i], y[i])));
        }
    }

    /** {@code y[i] += w0*x0[i] + w1*x1[i] + w2*x2[i] + w3*x3[i]}, added left to right. */
    static void axpy4(
            float[] y, int n, float[] x0, float[] x1, float[] x2, float[] x3, float w0, float w1, float w2, float w3) {
        for (int i = 0; i < n; i++) {
            float sum = multiplyAdd(w1, x1[i], multiplyAdd(w0, x0[i], y[i]));
            y[i] = multiplyAdd(w3, x3[i], multiplyAdd(w2, x2[i], sum));
        }
    }

    /** Adds {@code count} arrays to {@code y}, the k-th weighted by {@code weights[at + k*stride]}, in order of k. */
    static void addWeighted(float[] y, int n, float[][] x, int count, float[] weights, int at, int stride) {
        int k = 0;
        for (; k + 3 < count; k += 4) {
            axpy4(
                    y, n, x[k], x[k + 1], x[k + 2], x[k + 3],
                    weights[at + k * stride],
                    weights[at + (k + 1) * stride],
                    weights[at + (k + 2) * stride],
                    weights[at + (k + 3) * stride]);
        }
        int v = at + k * stride;
        switch (count - k) {
            case 3:
                axpy3(y, n, x[k], x[k + 1], x[k + 2], weights[v], weights[v + stride], weights[v + 2 * stride]);
                break;
            case 2:
                axpy2(y, n, x[k], x[k + 1], weights[v], weights[v + stride]);
                break;
            case 1:
                axpy1(y, n, x[k], weights[v]);
                break;
            default:
                break;
        }
    }

    /** {@code acc[i] += a[i]*b[i]} for i in [from, n). */
    static void addProducts(float[] acc, int from, int n, float[] a, float[] b) {
        for (int i = from; i < n; i++) {
            acc[i] = multiplyAdd(a[i], b[i], acc[i]);
        }
    }

    /** {@code acc[i] += a0[i]*b0[i] + a1[i]*b1[i]}, added left to right. */
    static void addProducts2(float[] acc, int n, float[] a0, float[] b0, float[] a1, float[] b1) {
        for (int i = 0; i < n; i++) {
            acc[i] = multiplyAdd(a1[i], b1[i], multiplyAdd(a0[i], b0[i], acc[i]));
        }
    }

    /** {@code y[i] = max(a[i], b[i])}. */
    static void max(float[] y, int n, float[] a, float[] b) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(a[i], b[i]);
        }
    }

    /** {@code acc[i] += x[i]}. */
    static void add(float[] acc, int n, float[] x) {
        for (int i = 0; i < n; i++) {
            acc[i] = acc[i] + x[i];
        }
    }

    /** {@code acc[i] += (x[i] - mean)^2}. */
    static void addSquaredDeviations(float[] acc, int n, float[] x, float mean) {
        for (int i = 0; i < n; i++) {
            float d = x[i] - mean;
            acc[i] = multiplyAdd(d, d, acc[i]);
        }
    }

    /** {@code y[i] = (x[i] - mean) * slope + offset}. */
    static void centredAffine(float[] y, int n, float[] x, float mean, float slope, float offset) {
        for (int i = 0; i < n; i++) {
            y[i] = multiplyAdd(x[i] - mean, slope, offset);
        }
    }

    /** {@code y[i] = 0 + x0[i] + x1[i] + x2[i] + x3[i]}, added left to right. */
    static void sum4(float[] y, int n, float[] x0, float[] x1, float[] x2, float[] x3) {
        for (int i = 0; i < n; i++) {
            y[i] = 0f + x0[i] + x1[i] + x2[i] + x3[i];
        }
    }
}
