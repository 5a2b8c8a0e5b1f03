package io.github.spirabr.audio.decode;

import java.util.Arrays;

/** Samples as they come; grows by doubling. */
final class FloatSamples {

    /** As many as an array can hold on every virtual machine. */
    static final int MOST = Integer.MAX_VALUE - 16;

    private float[] values = new float[1 << 14];
    private int length;

    /** Makes room for {@code count} more; false if no array can hold them. */
    boolean reserve(int count) {
        long needed = (long) length + count;
        if (needed > MOST) {
            return false;
        }
        if (needed > values.length) {
            values = Arrays.copyOf(values, (int) Math.min(MOST, Math.max(needed, 2L * values.length)));
        }
        return true;
    }

    /** Room for what was reserved, from {@link #length} on. */
    float[] values() {
        return values;
    }

    void grow(int count) {
        length += count;
    }

    int length() {
        return length;
    }

    /** The first {@code count} samples; if there are fewer, the last one is repeated, and zero if there is none. */
    float[] toArray(int count) {
        float[] copy = Arrays.copyOf(values, count);
        if (length > 0 && length < count) {
            Arrays.fill(copy, length, count, values[length - 1]);
        }
        return copy;
    }
}
