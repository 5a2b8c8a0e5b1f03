package io.github.spirabr.pytorch.internal;

import java.util.List;

/** Rows of numbers, joined. */
final class Flat {

    private Flat() {}

    static float[] join(List<float[]> rows) {
        int length = 0;
        for (float[] row : rows) {
            length = Math.addExact(length, row.length);
        }
        float[] joined = new float[length];
        int at = 0;
        for (float[] row : rows) {
            System.arraycopy(row, 0, joined, at, row.length);
            at += row.length;
        }
        return joined;
    }
}
