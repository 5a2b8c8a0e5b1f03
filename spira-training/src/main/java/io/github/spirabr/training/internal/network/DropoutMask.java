package io.github.spirabr.training.internal.network;

import java.util.random.RandomGenerator;

/** Factors of inverted dropout: 0 with the dropout probability, otherwise 1 / (1 - probability). */
final class DropoutMask {

    private DropoutMask() {}

    /** Fills {@code mask}; two factors come from each 64 bits drawn. Without branches, which a coin mispredicts. */
    static void draw(float[] mask, double probability, RandomGenerator random) {
        long limit = (long) (probability * (1L << 32));
        int keep = Float.floatToRawIntBits((float) (1 / (1 - probability)));
        int i = 0;
        for (; i + 1 < mask.length; i += 2) {
            long bits = random.nextLong();
            mask[i] = factor(bits >>> 32, limit, keep);
            mask[i + 1] = factor(bits & 0xffffffffL, limit, keep);
        }
        if (i < mask.length) {
            mask[i] = factor(random.nextLong() >>> 32, limit, keep);
        }
    }

    /** 0 if the drawn number is below the limit; its difference is then negative, and its sign fills all bits. */
    private static float factor(long drawn, long limit, int keep) {
        return Float.intBitsToFloat(keep & ~(int) ((drawn - limit) >> 63));
    }
}
