package io.github.spirabr.audio.probe;

import java.math.BigInteger;

/**
 * Band-limited resampling and low-pass filters by a windowed sinc: Kaiser window of beta 8, {@value #CROSSINGS} zero
 * crossings to either side; half amplitude at the cutoff, more than 60 dB down a tenth of it above. No delay; what lies
 * outside of the recording is taken to be zero.
 */
final class Resampling {

    private static final int CROSSINGS = 32;
    private static final double BETA = 8;

    private Resampling() {}

    /**
     * Lets what is below a frequency through.
     *
     * @param cutoff in hertz, below half the rate
     */
    static float[] lowPass(float[] samples, int rate, double cutoff) {
        return resample(samples, rate, rate, cutoff);
    }

    /**
     * The same sound at another rate: round(length * to / from) samples, at least one.
     *
     * @param cutoff in hertz, at most half the lower rate
     */
    static float[] resample(float[] samples, int from, int to, double cutoff) {
        int divisor = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
        int up = to / divisor;
        long down = from / divisor;
        int half = (int) Math.ceil(CROSSINGS * from / (2 * cutoff));
        double[][] taps = new double[up][];
        for (int phase = 0; phase < up; phase++) {
            taps[phase] = taps(half, (double) phase / up, cutoff / from);
        }
        float[] out = new float[(int) Math.max(1, Math.round((double) samples.length * to / from))];
        for (int n = 0; n < out.length; n++) {
            long place = n * down;
            int centre = (int) (place / up);
            double[] kernel = taps[(int) (place % up)];
            int first = Math.max(0, centre - half + 1);
            int last = Math.min(samples.length - 1, centre + half);
            double sum = 0;
            for (int i = first; i <= last; i++) {
                sum += kernel[i - centre + half - 1] * samples[i];
            }
            out[n] = (float) sum;
        }
        return out;
    }

    /** For the samples from half - 1 before to half after the place, scaled so that a constant stays as it is. */
    private static double[] taps(int half, double fraction, double cutoff) {
        double[] taps = new double[2 * half];
        double sum = 0;
        for (int k = 0; k < taps.length; k++) {
            double time = k - half + 1 - fraction;
            double window = 1 - time * time / ((double) half * half);
            double x = 2 * Math.PI * cutoff * time;
            double sinc = Math.abs(x) < 1e-12 ? 1 : Math.sin(x) / x;
            taps[k] = window <= 0 ? 0 : sinc * bessel(BETA * Math.sqrt(window));
            sum += taps[k];
        }
        for (int k = 0; k < taps.length; k++) {
            taps[k] /= sum;
        }
        return taps;
    }

    /** The modified Bessel function of the first kind and order zero, by its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-16 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }
}
