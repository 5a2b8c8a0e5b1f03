package io.github.spirabr.training.internal.kernel;

import static io.github.spirabr.training.internal.kernel.Fused.multiplyAdd;

/**
 * The Mish activation x·tanh(ln(1+e^x)) and its derivative over {@code float} arrays.
 *
 * <p>With e = e^x and w = e·(e+2), tanh(ln(1+e)) = w/(w+2), so one exponential and one division suffice and nothing
 * cancels. The derivative is w/(w+2) + 4·x·e·(e+1)/(w+2)². The exponential is a Cody-Waite reduction with a
 * degree-6 polynomial, relative error about 1e-7. Its argument is clamped to [-87, 20]: above 20 the factor w/(w+2)
 * is 1 in {@code float} anyhow, below -87 the result is 1.7e-38·x instead of something even closer to zero.
 *
 * <p>The work is split in several short loops because those are vectorised by C2 and one long loop is not; only the
 * step that builds 2^n from bits stays (cheap) scalar code on older JDKs. Each multiply-add is fused, by {@link Fused}, so
 * that results are bit-identical on every machine. NaN gives NaN.
 *
 * <p>Stateless, hence thread-safe.
 */
public final class Mish {

    static final float UPPER = 20f;
    static final float LOWER = -87f;

    /** 1.5·2^23: adding it rounds a small float to an integer, left in the low bits of the sum. */
    static final float ROUNDING_SHIFT = 12582912f;

    static final float LOG2_E = 1.44269504f;
    // ln 2 in two parts.
    static final float LN2_HIGH = 0.693147182f;
    static final float LN2_LOW = -1.90465421e-9f;
    // e^r = 1 + r + E2 r^2 + ... for |r| <= ln(2)/2, with the smallest relative error, 3e-9 before rounding.
    static final float E2 = 0.49999994f;
    static final float E3 = 0.1666652f;
    static final float E4 = 0.041668393f;
    static final float E5 = 0.008368781f;
    static final float E6 = 0.0013814467f;

    private Mish() {}

    /** Writes {@code y[i] = mish(x[i])}; the arrays must be distinct and equally long. */
    public static void values(float[] x, float[] y) {
        float[] exp = new float[x.length];
        exponentials(x, exp, y, x.length);
        values(x, exp, y, x.length);
    }

    /** Multiplies {@code gradient[i]} by mish'(x[i]); the arrays must be distinct and equally long. */
    public static void timesDerivatives(float[] x, float[] gradient) {
        float[] exp = new float[x.length];
        float[] scratch = new float[x.length];
        exponentials(x, exp, scratch, x.length);
        timesDerivatives(x, exp, gradient, scratch, x.length);
    }

    /**
     * Writes {@code exp[i] = e^clamp(x[i])}; the three arrays must be distinct.
     *
     * @param scratch at least n floats
     */
    static void exponentials(float[] x, float[] exp, float[] scratch, int n) {
        for (int i = 0; i < n; i++) {
            float v = Math.max(Math.min(x[i], UPPER), LOWER); // costly in vectors, so done once and kept
            exp[i] = v;
            scratch[i] = multiplyAdd(v, LOG2_E, ROUNDING_SHIFT);
        }
        for (int i = 0; i < n; i++) {
            float v = exp[i];
            float k = scratch[i] - ROUNDING_SHIFT;
            float r = multiplyAdd(k, -LN2_LOW, multiplyAdd(k, -LN2_HIGH, v));
            float q = multiplyAdd(multiplyAdd(multiplyAdd(multiplyAdd(E6, r, E5), r, E4), r, E3), r, E2);
            exp[i] = multiplyAdd(multiplyAdd(q, r, 1f), r, 1f);
        }
        for (int i = 0; i < n; i++) {
            // The shift pushes the bits of ROUNDING_SHIFT out and leaves the biased exponent of 2^k.
            scratch[i] = Float.intBitsToFloat((Float.floatToRawIntBits(scratch[i]) + 127) << 23);
        }
        for (int i = 0; i < n; i++) {
            exp[i] = exp[i] * scratch[i];
        }
    }

    /** Writes {@code y[i] = mish(x[i])} given {@code exp} from {@link #exponentials}. */
    static void values(float[] x, float[] exp, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float e = exp[i];
            float w = e * (e + 2f);
            y[i] = x[i] * (w / (w + 2f));
        }
    }

    /**
     * Multiplies {@code gradient[i]} by mish'(x[i]) given {@code exp} from {@link #exponentials}.
     *
     * @param scratch at least n floats
     */
    static void timesDerivatives(float[] x, float[] exp, float[] gradient, float[] scratch, int n) {
        for (int i = 0; i < n; i++) {
            float e = exp[i];
            scratch[i] = 1f / (e * (e + 2f) + 2f);
        }
        for (int i = 0; i < n; i++) {
            float e = exp[i];
            float r = scratch[i];
            // Of the clamped x: the factor stops shrinking there while a huge x does not.
            float slope = Math.min(x[i], UPPER) * (4f * (e * r) * ((e + 1f) * r));
            gradient[i] = gradient[i] * multiplyAdd(e * (e + 2f), r, slope);
        }
    }
}
