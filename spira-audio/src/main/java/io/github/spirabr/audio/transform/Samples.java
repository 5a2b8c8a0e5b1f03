package io.github.spirabr.audio.transform;

import io.github.spirabr.core.audio.Waveform;

/** Samples of waveforms in double precision. */
final class Samples {

    private Samples() {}

    static double[] of(Waveform waveform) {
        double[] samples = new double[waveform.length()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = waveform.sample(i);
        }
        return samples;
    }

    /** Returns a waveform of samples times a factor, rounded to single precision. */
    static Waveform waveform(double[] samples, double factor, int sampleRate) {
        float[] rounded = new float[samples.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) (factor * samples[i]);
        }
        return Waveform.of(rounded, sampleRate);
    }

    /** Returns the mean of the squares from one index to another. */
    static double power(double[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += samples[i] * samples[i];
        }
        return sum / (to - from);
    }
}
