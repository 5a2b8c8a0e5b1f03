package io.github.spirabr.audio.fingerprint;

/** Lowers the sample rate by a whole factor, behind a low-pass filter (a sinc under a Hann window). Immutable. */
final class Decimation {

    /** On either side of the filter's middle, for each sample that is kept. */
    private static final int ZERO_CROSSINGS = 12;
    private static final double CUT_OFF = 0.9;

    private final int factor;
    private final float[] taps;

    private Decimation(int factor) {
        this.factor = factor;
        int half = ZERO_CROSSINGS * factor;
        this.taps = new float[2 * half + 1];
        for (int i = -half; i <= half; i++) {
            double x = CUT_OFF * i / factor;
            double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
            double hann = 0.5 + 0.5 * Math.cos(Math.PI * i / (half + 1));
            taps[half + i] = (float) (CUT_OFF / factor * sinc * hann);
        }
    }

    static Decimation by(int factor) {
        return new Decimation(factor);
    }

    /** Every so many samples of what is left below half the new rate; what lies outside is zero. */
    float[] apply(float[] samples) {
        if (factor == 1) {
            return samples;
        }
        int half = taps.length / 2;
        float[] kept = new float[(samples.length + factor - 1) / factor];
        for (int i = 0; i < kept.length; i++) {
            int centre = i * factor;
            int from = Math.max(0, centre - half);
            int until = Math.min(samples.length, centre + half + 1);
            float sum = 0;
            for (int j = from; j < until; j++) {
                sum += samples[j] * taps[j - centre + half];
            }
            kept[i] = sum;
        }
        return kept;
    }
}
