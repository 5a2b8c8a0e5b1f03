package io.github.spirabr.audio.internal;

import java.math.BigInteger;

/**
 * A windowed-sinc resampler of mono signals. It has no delay, and samples outside the signal are taken as zero.
 *
 * <p>Each of the three designs has its own window, width and precision. They are fixed: augmented features, probe results
 * and fingerprints depend on every bit. Decoding resamples with libswresample instead, block by block, and the bits of
 * decoded recordings depend on that. Immutable and thread-safe.
 */
public final class SincResampler {

    private static final int PROBE_CROSSINGS = 32;
    private static final double PROBE_BETA = 8;
    private static final int DECIMATION_CROSSINGS = 12;
    private static final double DECIMATION_CUTOFF = 0.9;
    private static final int SPEED_CROSSINGS = 16;

    private final int up;
    private final int down;
    /** The taps of each phase; tap {@code before} falls on the sample at or before the output's place. */
    private final double[][] taps;
    private final int before;
    private final boolean singlePrecision;

    private SincResampler(int up, int down, double[][] taps, int before, boolean singlePrecision) {
        this.up = up;
        this.down = down;
        this.taps = taps;
        this.before = before;
        this.singlePrecision = singlePrecision;
    }

    /**
     * Returns a resampler between two rates, under a Kaiser window of beta 8 with 32 zero crossings on either side: half
     * amplitude at the cutoff, more than 60 dB down a tenth of it above. It works in double precision, and a constant
     * keeps its value away from the ends. With equal rates it is a low-pass filter.
     *
     * @param from rate of the signal, in hertz
     * @param to rate of the result, in hertz
     * @param cutoff cutoff, in hertz, at most half the lower rate
     */
    public static SincResampler between(int from, int to, double cutoff) {
        int divisor = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
        int up = to / divisor;
        int half = (int) Math.ceil(PROBE_CROSSINGS * from / (2 * cutoff));
        double[][] taps = new double[up][];
        for (int phase = 0; phase < up; phase++) {
            taps[phase] = kaiser(half, (double) phase / up, cutoff / from);
        }
        return new SincResampler(up, from / divisor, taps, half - 1, false);
    }

    /**
     * Returns a resampler that keeps one sample of {@code factor}, under a Hann window with 12 zero crossings of the kept
     * samples on either side; the cutoff is 90 % of the new Nyquist frequency. It works in single precision.
     *
     * @param factor at least 1
     */
    public static SincResampler decimating(int factor) {
        int half = DECIMATION_CROSSINGS * factor;
        double[] taps = new double[2 * half + 1];
        for (int i = -half; i <= half; i++) {
            double x = DECIMATION_CUTOFF * i / factor;
            double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
            double hann = 0.5 + 0.5 * Math.cos(Math.PI * i / (half + 1));
            taps[half + i] = (float) (DECIMATION_CUTOFF / factor * sinc * hann);
        }
        return new SincResampler(1, factor, new double[][] {taps}, half, true);
    }

    /** Returns round(L * to / from) samples of a signal of L samples, and at least one. */
    public float[] resample(float[] samples) {
        return resample(samples, (int) Math.max(1, Math.round((double) samples.length * up / down)));
    }

    /**
     * Returns the first samples of the resampled signal.
     *
     * @param length length of the result
     */
    public float[] resample(float[] samples, int length) {
        float[] out = new float[length];
        for (int n = 0; n < length; n++) {
            long place = (long) n * down;
            double[] kernel = taps[(int) (place % up)];
            int start = (int) (place / up) - before;
            int first = Math.max(0, start);
            int last = (int) Math.min(samples.length, (long) start + kernel.length);
            out[n] = singlePrecision
                    ? single(samples, kernel, first, last, start)
                    : (float) dotProduct(samples, kernel, first, last, start);
        }
        return out;
    }

    private static double dotProduct(float[] samples, double[] kernel, int first, int last, int start) {
        double sum = 0;
        for (int i = first; i < last; i++) {
            sum += kernel[i - start] * samples[i];
        }
        return sum;
    }

    private static float single(float[] samples, double[] kernel, int first, int last, int start) {
        float sum = 0;
        for (int i = first; i < last; i++) {
            sum += samples[i] * (float) kernel[i - start];
        }
        return sum;
    }

    /** For the samples from half - 1 before to half after the place, scaled so that a constant stays as it is. */
    private static double[] kaiser(int half, double fraction, double cutoff) {
        double[] taps = new double[2 * half];
        double sum = 0;
        for (int k = 0; k < taps.length; k++) {
            double time = k - half + 1 - fraction;
            double window = 1 - time * time / ((double) half * half);
            double x = 2 * Math.PI * cutoff * time;
            double sinc = Math.abs(x) < 1e-12 ? 1 : Math.sin(x) / x;
            taps[k] = window <= 0 ? 0 : sinc * bessel(PROBE_BETA * Math.sqrt(window));
            sum += taps[k];
        }
        for (int k = 0; k < taps.length; k++) {
            taps[k] /= sum;
        }
        return taps;
    }

    /** Returns the modified Bessel function of the first kind and order zero, by its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-16 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    /**
     * Plays a signal at another speed, which need not be a ratio of integers: round(L / speed) samples of a signal of L
     * samples, and at least one. The window is a Hann window of 16 zero crossings on either side; above speed 1 it is as
     * much wider, so that frequencies that would exceed half the sample rate are filtered out.
     *
     * @param speed above 0; 1 returns {@code samples} itself
     */
    public static float[] atSpeed(float[] samples, double speed) {
        if (speed == 1) {
            return samples;
        }
        float[] out = new float[(int) Math.max(1, Math.min(Integer.MAX_VALUE - 8, Math.round(samples.length / speed)))];
        double cutoff = Math.min(1, 1 / speed);
        double halfWidth = SPEED_CROSSINGS / cutoff;
        for (int n = 0; n < out.length; n++) {
            double place = n * speed;
            int first = (int) Math.max(0, Math.ceil(place - halfWidth));
            int last = (int) Math.min(samples.length - 1, Math.floor(place + halfWidth));
            out[n] = (float) interpolate(samples, place, first, last, cutoff, halfWidth);
        }
        return out;
    }

    /** Returns the sum of samples under cutoff * sinc(cutoff * t) * (1 + cos(pi * t / halfWidth)) / 2. */
    private static double interpolate(
            float[] samples, double place, int first, int last, double cutoff, double halfWidth) {
        // The sines and cosines advance from sample to sample by the addition theorems.
        double sincStep = Math.PI * cutoff;
        double windowStep = Math.PI / halfWidth;
        double sincSinStep = Math.sin(sincStep);
        double sincCosStep = Math.cos(sincStep);
        double windowSinStep = Math.sin(windowStep);
        double windowCosStep = Math.cos(windowStep);
        double t = first - place;
        double sincSin = Math.sin(sincStep * t);
        double sincCos = Math.cos(sincStep * t);
        double windowSin = Math.sin(windowStep * t);
        double windowCos = Math.cos(windowStep * t);
        double sum = 0;
        for (int k = first; k <= last; k++) {
            t = k - place;
            double sinc = Math.abs(t) < 1e-9 ? cutoff : sincSin / (Math.PI * t);
            sum += samples[k] * sinc * (0.5 + 0.5 * windowCos);
            double nextSincSin = sincSin * sincCosStep + sincCos * sincSinStep;
            sincCos = sincCos * sincCosStep - sincSin * sincSinStep;
            sincSin = nextSincSin;
            double nextWindowSin = windowSin * windowCosStep + windowCos * windowSinStep;
            windowCos = windowCos * windowCosStep - windowSin * windowSinStep;
            windowSin = nextWindowSin;
        }
        return sum;
    }
}
