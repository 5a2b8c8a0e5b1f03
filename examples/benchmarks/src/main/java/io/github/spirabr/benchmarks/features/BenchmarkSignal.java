package io.github.spirabr.benchmarks.features;

import io.github.spirabr.core.audio.Waveform;

/**
 * The signal of {@code benchmark_signal.py}: a voice of twenty harmonics that pauses for one second in three, over
 * noise that is 70 dB lower, so that the quiet frames meet the lowest level of 80 dB below the loudest.
 */
final class BenchmarkSignal {

    static final int SAMPLE_RATE = 16_000;
    static final int SECONDS = 20;

    private static final int HARMONICS = 20;

    private BenchmarkSignal() {}

    static Waveform waveform() {
        float[] samples = new float[SECONDS * SAMPLE_RATE];
        long state = 1;
        for (int i = 0; i < samples.length; i++) {
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
            double value = ((state >> 12 & 0xFFFF) / 32768.0 - 1) / 4096;
            if (i / SAMPLE_RATE % 3 != 2) {
                for (int h = 1; h <= HARMONICS; h++) {
                    value += 0.2 / h * Math.sin(2 * Math.PI * 140 * h * i / SAMPLE_RATE);
                }
            }
            samples[i] = (float) value;
        }
        return Waveform.of(samples, SAMPLE_RATE);
    }
}
