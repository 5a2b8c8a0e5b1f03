package io.github.spirabr.model.internal.kernel;

/**
 * The innermost loops over {@code float} arrays.
 *
 * <p>Every loop reads and writes all of its arrays at the <em>same</em> index, starting from 0, and has a small body.
 * That is deliberate: C2 of JDK 17 cannot show that {@code out[i]} and {@code in[i + shift]} do not overlap and then
 * emits scalar code, and it does not unroll large bodies far enough to vectorise them. Callers therefore copy shifted
 * stretches to scratch arrays first, which costs little next to the arithmetic.
 *
 * <p>All sums are plain multiply-then-add in a fixed order. Java requires each operation to be rounded to
 * {@code float}, so results are bit-identical on every machine and Java version, vectorised or not. (A fused
 * multiply-add would be as reproducible but is emulated, thousands of times slower, on processors without it.)
 *
 * <p>Stateless, hence thread-safe. Arrays passed to one call must be distinct unless stated otherwise.
 */
final class FloatLoops {

    private FloatLoops() {}

    /** {@code y[i] += w0*x0[i]} for i in [0, n). */
    static void axpy1(float[] y, int n, float[] x0, float w0) {
        for (int i = 0; i < n; i++) {
            y[i] = y[i] + w0 * x0[i];
        }
    }

    /** {@code y[i] += w0*x0[i] + w1*x1[i]}, added left to right. */
    static void axpy2(float[] y, int n, float[] x0, float[] x1, float w0, float w1) {
        for (int i = 0; i < n; i++) {
            y[i] = y[i] + w0 * x0[i] + w1 * x1[i];
        }
    }

    /** {@code y[i] += w0*x0[i] + w1*x1[i] + w2*x2[i]}, added left to right. */
    static void axpy3(float[] y, int n, float[] x0, float[] x1, float[] x2, float w0, float w1, float w2) {
        for (int i = 0; i < n; i++) {
            y[i] = y[i] + w0 * x0[i] + w1 * x1[i] + w2 * x2[i];
        }
    }

    /** {@code y[i] += w0*x0[i] + w1*x1[i] + w2*x2[i] + w3*x3[i]}, added left to right. */
    static void axpy4(
            float[] y, int n, float[] x0, float[] x1, float[] x2, float[] x3, float w0, float w1, float w2, float w3) {
        for (int i = 0; i < n; i++) {
            y[i] = y[i] + w0 * x0[i] + w1 * x1[i] + w2 * x2[i] + w3 * x3[i];
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

    /** Lane-wise products, {@code acc[i] = a0[i]*b0[i]}. */
    static void products1(float[] acc, int n, float[] a0, float[] b0) {
        for (int i = 0; i < n; i++) {
            acc[i] = a0[i] * b0[i];
        }
    }

    /** {@code acc[i] = a0[i]*b0[i] + a1[i]*b1[i]}. */
    static void products2(float[] acc, int n, float[] a0, float[] b0, float[] a1, float[] b1) {
        for (int i = 0; i < n; i++) {
            acc[i] = a0[i] * b0[i] + a1[i] * b1[i];
        }
    }

    /** {@code acc[i] += a0[i]*b0[i] + a1[i]*b1[i]}, added left to right. */
    static void addProducts2(float[] acc, int n, float[] a0, float[] b0, float[] a1, float[] b1) {
        for (int i = 0; i < n; i++) {
            acc[i] = acc[i] + a0[i] * b0[i] + a1[i] * b1[i];
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
            acc[i] = acc[i] + d * d;
        }
    }

    /** {@code y[i] = (x[i] - mean) * slope + offset}. */
    static void centredAffine(float[] y, int n, float[] x, float mean, float slope, float offset) {
        for (int i = 0; i < n; i++) {
            y[i] = (x[i] - mean) * slope + offset;
        }
    }

    /** {@code acc[i] += x0[i] + x1[i] + x2[i]}, added left to right. */
    private static void add3(float[] acc, int n, float[] x0, float[] x1, float[] x2) {
        for (int i = 0; i < n; i++) {
            acc[i] = acc[i] + x0[i] + x1[i] + x2[i];
        }
    }

    /**
     * Sum of {@code lanes[0..n)} in a fixed order: quarters are added lane by lane while that is worth a loop, then comes
     * a sum in double precision. Destroys the lanes.
     *
     * @param scratch three arrays of at least n/4 floats
     */
    static double foldLanes(float[] lanes, int n, float[][] scratch) {
        int m = n;
        while (m >= 256 && (m & 3) == 0) {
            m >>= 2;
            for (int k = 0; k < 3; k++) {
                System.arraycopy(lanes, (k + 1) * m, scratch[k], 0, m);
            }
            add3(lanes, m, scratch[0], scratch[1], scratch[2]);
        }
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 7 < m; i += 8) {
            s0 += lanes[i] + lanes[i + 4];
            s1 += lanes[i + 1] + lanes[i + 5];
            s2 += lanes[i + 2] + lanes[i + 6];
            s3 += lanes[i + 3] + lanes[i + 7];
        }
        for (; i < m; i++) {
            s0 += lanes[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
