package io.github.spirabr.audio.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Samples as they come, in blocks, so that growing copies nothing. Used by one thread. */
final class FloatSamples {

    /** The most samples that an array can hold on every virtual machine. */
    static final int MOST = Integer.MAX_VALUE - 16;

    private static final int SMALLEST = 1 << 14;
    private static final int LARGEST = 1 << 20;

    private final List<float[]> blocks = new ArrayList<>();
    private float[] block = new float[0];
    private int filled;
    private int length;

    /** Adds the first {@code count} samples; returns false, and adds none, if no array could hold them all. */
    boolean add(float[] samples, int count) {
        if ((long) length + count > MOST) {
            return false;
        }
        int at = 0;
        while (at < count) {
            if (filled == block.length) {
                block = new float[Math.max(SMALLEST, Math.min(LARGEST, length))];
                blocks.add(block);
                filled = 0;
            }
            int copied = Math.min(count - at, block.length - filled);
            System.arraycopy(samples, at, block, filled, copied);
            at += copied;
            filled += copied;
            length += copied;
        }
        return true;
    }

    /**
     * Returns samples and lets go of all of them; the last call. If there are fewer, the last one is repeated, and zero if
     * there is none.
     *
     * @param from the first one
     * @param count the number of samples
     */
    float[] take(int from, int count) {
        float[] copy = new float[count];
        int start = 0;
        for (int b = 0; b < blocks.size(); b++) {
            float[] one = blocks.set(b, new float[0]);
            int end = Math.min(length, start + one.length);
            int first = Math.max(start, from);
            int last = Math.min(end, from + count);
            if (first < last) {
                System.arraycopy(one, first - start, copy, first - from, last - first);
            }
            start = end;
        }
        int available = Math.max(0, Math.min(count, length - from));
        if (available > 0) {
            Arrays.fill(copy, available, count, copy[available - 1]);
        }
        return copy;
    }
}
