package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.Waveform;

/** Levels of samples, as linear amplitudes. */
final class Levels {

    private Levels() {}

    /** Returns the greatest magnitude. */
    static float peak(Waveform waveform) {
        float peak = 0;
        for (int i = 0; i < waveform.length(); i++) {
            peak = Math.max(peak, Math.abs(waveform.sample(i)));
        }
        return peak;
    }

    /** Returns the greatest magnitude. */
    static float peak(float[] samples) {
        float peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    /** Returns the greatest value, which may be negative. */
    static float maximum(float[] samples) {
        float maximum = Float.NEGATIVE_INFINITY;
        for (float sample : samples) {
            maximum = Math.max(maximum, sample);
        }
        return maximum;
    }

    /** Returns the mean of the squares. */
    static double power(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum / samples.length;
    }
}
