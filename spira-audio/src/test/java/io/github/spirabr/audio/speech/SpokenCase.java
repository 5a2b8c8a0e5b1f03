package io.github.spirabr.audio.speech;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Made speech with pauses of known lengths in noise: syllables of harmonics with soft edges, up to 80 ms apart, in groups between
 * pauses of 0.25 to 1.5 s; white or low noise, 20 to 45 dB below the mean power of the syllables, or none.
 *
 * @param pauses lengths, in seconds
 */
record SpokenCase(float[] samples, int rate, List<Double> pauses) {

    private static final double EDGE_SECONDS = 0.01;

    static SpokenCase of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int rate = new int[] {8000, 16_000, 22_050}[random.nextInt(3)];
        List<float[]> parts = new ArrayList<>();
        List<Double> pauses = new ArrayList<>();
        parts.add(new float[random.nextInt(rate)]);
        int groups = 1 + random.nextInt(6);
        double pitch = random.nextDouble(90, 250);
        for (int group = 0; group < groups; group++) {
            int syllables = 1 + random.nextInt(6);
            for (int syllable = 0; syllable < syllables; syllable++) {
                parts.add(syllable(random, rate, pitch * random.nextDouble(0.9, 1.1)));
                parts.add(new float[syllable + 1 < syllables ? random.nextInt(rate * 80 / 1000) : 0]);
            }
            if (group + 1 < groups) {
                float[] pause = new float[(int) (rate * random.nextDouble(0.25, 1.5))];
                pauses.add((double) pause.length / rate);
                parts.add(pause);
            }
        }
        parts.add(new float[random.nextInt(rate)]);
        float[] samples = joined(parts);
        addNoise(samples, random);
        return new SpokenCase(samples, rate, List.copyOf(pauses));
    }

    private static float[] syllable(RandomGenerator random, int rate, double pitch) {
        float[] samples = new float[(int) (rate * random.nextDouble(0.12, 0.35))];
        double loudness = Math.pow(10, random.nextDouble(-6, 0) / 20);
        double formant = random.nextDouble(300, 900);
        for (int harmonic = 1; harmonic * pitch < 3500; harmonic++) {
            double distance = (harmonic * pitch - formant) / 400;
            double gain = loudness * (0.02 + 0.2 * Math.exp(-distance * distance));
            double phase = random.nextDouble(2 * Math.PI);
            for (int i = 0; i < samples.length; i++) {
                samples[i] += (float) (gain * Math.sin(2 * Math.PI * harmonic * pitch * i / rate + phase));
            }
        }
        double edge = EDGE_SECONDS * rate;
        for (int i = 0; i < samples.length; i++) {
            double inside = Math.min(1, Math.min(i + 1, samples.length - i) / edge);
            samples[i] *= (float) (0.5 - 0.5 * Math.cos(Math.PI * inside));
        }
        return samples;
    }

    private static float[] joined(List<float[]> parts) {
        float[] samples = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, samples, at, part.length);
            at += part.length;
        }
        return samples;
    }

    /** Low noise is white noise through y[n] = 0.95 y[n - 1] + x[n]. */
    private static void addNoise(float[] samples, SplittableRandom random) {
        double power = 0;
        int spoken = 0;
        for (float sample : samples) {
            power += sample * sample;
            spoken += sample == 0 ? 0 : 1;
        }
        boolean low = random.nextInt(2) == 0;
        double ratio = random.nextInt(8) == 0 ? Double.POSITIVE_INFINITY : random.nextDouble(20, 45);
        double last = 0;
        double[] noise = new double[samples.length];
        for (int i = 0; i < noise.length; i++) {
            last = (low ? 0.95 * last : 0) + random.nextGaussian();
            noise[i] = last;
        }
        double noisePower = Arrays.stream(noise).map(value -> value * value).average().orElse(1);
        double gain = Math.sqrt(power / spoken / noisePower) * Math.pow(10, -ratio / 20);
        for (int i = 0; i < noise.length; i++) {
            samples[i] += (float) (gain * noise[i]);
        }
    }
}
