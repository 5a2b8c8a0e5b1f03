package io.github.spirabr.audio.features;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Arrays;

/** Arithmetic on rows of lanes, in an order that depends on nothing but the weights. */
final class Rows {

    private Rows() {}

    /** target = weights[0] rows[first] + weights[1] rows[first + 1] + ... */
    static void combine(float[][] rows, int first, float[] weights, float[] target, int lanes) {
        Arrays.fill(target, 0, lanes, 0f);
        int i = 0;
        for (; i + 4 <= weights.length; i += 4) {
            int row = first + i;
            add4(
                    rows[row], weights[i],
                    rows[row + 1], weights[i + 1],
                    rows[row + 2], weights[i + 2],
                    rows[row + 3], weights[i + 3],
                    target, lanes);
        }
        for (; i < weights.length; i++) {
            add(rows[first + i], weights[i], target, lanes);
        }
    }

    /** Replaces the values of the first rows by their square roots. */
    static void squareRoots(float[][] rows, int count, int lanes) {
        for (int r = 0; r < count; r++) {
            float[] row = rows[r];
            for (int l = 0; l < lanes; l++) {
                row[l] = (float) Math.sqrt(row[l]);
            }
        }
    }

    /** Turns rows of lanes to rows of values: lane l's go to {@code target} from {@code start + l * stride} on. */
    static void transpose(float[][] rows, int count, int lanes, float[] target, int start, int stride) {
        for (int r = 0; r < count; r++) {
            float[] row = rows[r];
            for (int l = 0; l < lanes; l++) {
                target[start + l * stride + r] = row[l];
            }
        }
    }

    /** Returns a matrix of {@code features} values from each of the slots, which are {@code stride} values wide. */
    static FeatureMatrix matrix(float[] values, int stride, int features, int[] slots) {
        float[] out = new float[Math.multiplyExact(slots.length, features)];
        for (int t = 0; t < slots.length; t++) {
            System.arraycopy(values, slots[t] * stride, out, t * features, features);
        }
        return FeatureMatrix.of(slots.length, features, out);
    }

    private static void add(float[] a, float wa, float[] target, int lanes) {
        for (int l = 0; l < lanes; l++) {
            target[l] += wa * a[l];
        }
    }

    private static void add4(
            float[] a, float wa, float[] b, float wb, float[] c, float wc, float[] d, float wd, float[] target,
            int lanes) {
        for (int l = 0; l < lanes; l++) {
            target[l] += (wa * a[l] + wb * b[l]) + (wc * c[l] + wd * d[l]);
        }
    }
}
