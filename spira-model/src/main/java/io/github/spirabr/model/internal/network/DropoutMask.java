package io.github.spirabr.model.internal.network;

import java.util.random.RandomGenerator;

/** Factors of inverted dropout: 0 with the dropout probability, otherwise 1 / (1 - probability). */
final class DropoutMask {

    private DropoutMask() {}

    /** Fills {@code mask}; two factors come from each 64 bits drawn. */
    static void draw(float[] mask, double probability, RandomGenerator random) {
        long limit = (long) (probability * (1L << 32));
        float keep = (float) (1 / (1 - probability));
        int i = 0;
        for (; i + 1 < mask.length; i += 2) {
            long bits = random.nextLong();
            mask[i] = (bits >>> 32) < limit ? 0f : keep;
            mask[i + 1] = (bits & 0xffffffffL) < limit ? 0f : keep;
        }
        if (i < mask.length) {
            mask[i] = (random.nextLong() >>> 32) < limit ? 0f : keep;
        }
    }
}
