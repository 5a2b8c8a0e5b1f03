package io.github.spirabr.audio.decode;

import java.util.Arrays;

/** Mono samples as they are decoded; grows by doubling, up to a limit. */
final class FloatSamples {

    private final int limit;
    private float[] values = new float[1 << 15];
    private int length;

    FloatSamples(int limit) {
        this.limit = limit;
    }

    /** Makes room for {@code count} more; false if they go beyond the limit. */
    boolean reserve(int count) {
        long needed = (long) length + count;
        if (needed > limit) {
            return false;
        }
        if (needed > values.length) {
            values = Arrays.copyOf(values, (int) Math.min(limit, Math.max(needed, 2L * values.length)));
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
}
