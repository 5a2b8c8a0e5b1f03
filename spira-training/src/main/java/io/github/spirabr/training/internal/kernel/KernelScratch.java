package io.github.spirabr.training.internal.kernel;

/** The working memory of one thread for {@link Kernels}; grows as needed and is kept. Not thread-safe. */
final class KernelScratch {

    /** With 12 floats more and the 16-byte header of an array, a row is a multiple of 64 bytes; so are rows in lists. */
    private static final int ALLOCATED = LaneShape.MOST + 12;

    private float[][] rows = new float[0][];
    private float[][] others = new float[0][];
    private float[] sums = new float[0];

    final float[] lanes = new float[ALLOCATED];
    final float[][] fold = new float[4][LaneShape.MOST / 4 + 12];

    /** Returns at least so many rows of {@link LaneShape#MOST} floats. */
    float[][] rows(int count) {
        rows = grown(rows, count);
        return rows;
    }

    /** Returns other rows than {@link #rows}. */
    float[][] others(int count) {
        others = grown(others, count);
        return others;
    }

    float[] sums(int count) {
        if (sums.length < count) {
            sums = new float[count];
        }
        return sums;
    }

    private static float[][] grown(float[][] rows, int count) {
        if (rows.length >= count) {
            return rows;
        }
        float[][] more = new float[count][];
        for (int r = 0; r < count; r++) {
            more[r] = r < rows.length ? rows[r] : new float[ALLOCATED];
        }
        return more;
    }
}
