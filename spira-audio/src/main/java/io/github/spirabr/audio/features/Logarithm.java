package io.github.spirabr.audio.features;

/**
 * Logarithms of positive normal numbers, the same bits on every machine and faster than {@link StrictMath}.
 * Of infinity and NaN they are NaN, so that an overflow does not pass for a level.
 */
final class Logarithm {

    private static final double LN2 = Math.log(2);
    private static final double LN10 = Math.log(10);
    private static final double DECIBELS = 10 / LN10;

    private Logarithm() {}

    static float decibels(float x) {
        return (float) (DECIBELS * ln(x)) + 0f * x;
    }

    static float base10(float x) {
        return (float) (ln(x) / LN10) + 0f * x;
    }

    static float natural(float x) {
        return (float) ln(x) + 0f * x;
    }

    /** x = m 2^e with m near 1, and ln m = 2 artanh((m - 1) / (m + 1)); the error is below 1e-11. */
    private static double ln(float x) {
        int bits = Float.floatToRawIntBits(x);
        int exponent = (bits - 0x3f3504f3) >> 23;
        double m = Float.intBitsToFloat(bits - (exponent << 23));
        double s = (m - 1) / (m + 1);
        double z = s * s;
        double series = 1 + z * (1 / 3.0 + z * (1 / 5.0 + z * (1 / 7.0 + z * (1 / 9.0 + z * (1 / 11.0 + z / 13.0)))));
        return exponent * LN2 + 2 * s * series;
    }
}
