package io.github.spirabr.audio.features;

import java.util.Random;

/** Signals for the properties, each made of a seed alone. */
final class Signals {

    private Signals() {}

    /** Noise, tones, impulses, stretches of silence and steps of level, one after the other at random. */
    static float[] random(int length, long seed) {
        Random random = new Random(seed);
        float[] samples = new float[length];
        int at = 0;
        while (at < length) {
            int end = Math.min(length, at + 1 + random.nextInt(200));
            int kind = random.nextInt(4);
            double level = Math.pow(10, -4 * random.nextDouble());
            double frequency = random.nextDouble() * Math.PI;
            for (int i = at; i < end; i++) {
                samples[i] = (float) switch (kind) {
                    case 0 -> level * random.nextGaussian();
                    case 1 -> level * Math.sin(frequency * i);
                    case 2 -> i == at ? level : 0;
                    default -> 0;
                };
            }
            at = end;
        }
        return samples;
    }
}
