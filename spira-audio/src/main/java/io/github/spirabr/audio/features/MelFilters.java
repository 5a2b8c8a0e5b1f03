package io.github.spirabr.audio.features;

import java.util.Arrays;

/**
 * Triangular filters, evenly spaced on the HTK mel scale, m(f) = 2595 log10(1 + f / 700), or on Slaney's, which is linear up to
 * 1000 Hz and logarithmic above; with height 1 or area 1. Their sides are straight in hertz, or in mels as Kaldi's. Only the
 * weights above zero are kept. Immutable.
 */
final class MelFilters {

    /** Slaney's scale: mels for each hertz below the knee, the knee in hertz, and mels for each natural logarithm above. */
    private static final double SLOPE = 3.0 / 200;
    private static final double KNEE = 1000;
    private static final double LOG_SLOPE = 27 / Math.log(6.4);

    private final int[] first;
    private final float[][] weights;

    /**
     * Creates the filters.
     *
     * @param bins bins of the spectrum, spread evenly from 0 to half the sample rate (rounded down, as torchaudio does)
     * @param fMin beginning of the first filter, in hertz
     * @param fMax end of the last filter, in hertz
     * @param areas true for areas of 1, false for heights of 1
     */
    MelFilters(int bands, int bins, int sampleRate, double fMin, double fMax, LogMel.Scale scale, boolean areas) {
        boolean slaney = scale == LogMel.Scale.SLANEY;
        boolean straightInMels = scale == LogMel.Scale.KALDI;
        first = new int[bands];
        weights = new float[bands][];
        double lowest = mel(fMin, slaney);
        double step = (mel(fMax, slaney) - lowest) / (bands + 1);
        for (int band = 0; band < bands; band++) {
            double left = hertz(lowest + band * step, slaney);
            double centre = hertz(lowest + (band + 1) * step, slaney);
            double right = hertz(lowest + (band + 2) * step, slaney);
            double height = areas ? 2 / (right - left) : 1;
            float[] all = new float[bins];
            int from = bins;
            int to = 0;
            for (int bin = 0; bin < bins; bin++) {
                double frequency = (double) (sampleRate / 2) * bin / (bins - 1);
                double rising = (frequency - left) / (centre - left);
                double falling = (right - frequency) / (right - centre);
                if (straightInMels) {
                    double position = (mel(frequency, slaney) - lowest) / step - band;
                    rising = position;
                    falling = 2 - position;
                }
                all[bin] = (float) (height * Math.max(0, Math.min(rising, falling)));
                if (all[bin] > 0) {
                    from = Math.min(from, bin);
                    to = bin + 1;
                }
            }
            first[band] = Math.min(from, to);
            weights[band] = Arrays.copyOfRange(all, first[band], to);
        }
    }

    int bands() {
        return first.length;
    }

    /** Sums the weighted rows of {@code power} into one row of {@code mel} per band. */
    void apply(float[][] power, float[][] mel, int lanes) {
        for (int band = 0; band < first.length; band++) {
            Rows.combine(power, first[band], weights[band], mel[band], lanes);
        }
    }

    private static double mel(double hertz, boolean slaney) {
        if (slaney) {
            return hertz < KNEE ? hertz * SLOPE : KNEE * SLOPE + LOG_SLOPE * Math.log(hertz / KNEE);
        }
        return 2595 * Math.log10(1 + hertz / 700);
    }

    private static double hertz(double mel, boolean slaney) {
        if (slaney) {
            return mel < KNEE * SLOPE ? mel / SLOPE : KNEE * Math.exp((mel - KNEE * SLOPE) / LOG_SLOPE);
        }
        return 700 * (Math.pow(10, mel / 2595) - 1);
    }
}
