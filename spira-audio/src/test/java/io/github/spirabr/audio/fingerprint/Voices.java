package io.github.spirabr.audio.fingerprint;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.random.RandomStreams;
import java.util.random.RandomGenerator;

/** Synthetic voices: syllables of harmonics under formants, with pauses and a little noise. */
final class Voices {

    static final int RATE = 8000;

    private Voices() {}

    /** So long an utterance; each name is another. */
    static Waveform utterance(String name, double seconds) {
        RandomGenerator random = new RandomStreams(1).stream("voice", 0, name);
        float[] samples = new float[(int) (seconds * RATE)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.002 * random.nextGaussian());
        }
        int at = 0;
        while (at < samples.length) {
            int length = (int) (RATE * random.nextDouble(0.12, 0.3));
            syllable(samples, at, Math.min(length, samples.length - at), length, random);
            at += length + (int) (RATE * (random.nextInt(3) == 0 ? 0.3 : 0.04));
        }
        return Waveform.of(samples, RATE);
    }

    private static void syllable(float[] samples, int from, int count, int length, RandomGenerator random) {
        double pitch = random.nextDouble(100, 220);
        double glide = random.nextDouble(-60, 60);
        double[] formants = {random.nextDouble(300, 800), random.nextDouble(900, 2000), random.nextDouble(2200, 3000)};
        double loudness = random.nextDouble(0.1, 0.3);
        for (int harmonic = 1; harmonic * pitch < 3000; harmonic++) {
            double gain = 0;
            for (double formant : formants) {
                double distance = (harmonic * pitch - formant) / 120;
                gain += Math.exp(-distance * distance);
            }
            for (int i = 0; i < count; i++) {
                double t = (double) i / RATE;
                double phase = 2 * Math.PI * harmonic * (pitch * t + glide * t * t / 2);
                samples[from + i] += (float) (loudness * gain * Math.sin(Math.PI * i / length) * Math.sin(phase));
            }
        }
    }

    static Waveform changed(Waveform waveform, int from, int until, double gain) {
        float[] samples = new float[until - from];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (gain * waveform.sample(from + i));
        }
        return Waveform.of(samples, waveform.sampleRate());
    }
}
