package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.Waveform;
import java.util.random.RandomGenerator;

/** Random stretches of noises. */
final class Stretches {

    /** The number of times that a stretch that cannot be scaled is drawn again. */
    private static final int ATTEMPTS = 32;

    private Stretches() {}

    /**
     * Returns a stretch of {@code length} samples from a random place, all places being equally likely. One that is mostly
     * digital silence is drawn again, since it would add no noise there; after 32 of them, that with the fewest zeros is taken,
     * or one that holds the noise's loudest sample if none can be scaled. A shorter noise is looped.
     */
    static float[] draw(Waveform noise, int length, NoiseScaling scaling, RandomGenerator random) {
        float[] stretch = new float[length];
        int fewest = length;
        int best = -1;
        int places = noise.length() < length ? noise.length() : noise.length() - length + 1;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int place = random.nextInt(places);
            copyLooped(noise, place, stretch);
            int zeros = zeros(stretch);
            if (scaling.level(stretch) != 0) {
                if (2 * zeros <= length) {
                    return stretch;
                }
                best = best < 0 || zeros < fewest ? place : best;
                fewest = Math.min(fewest, zeros);
            }
        }
        if (best >= 0) {
            copyLooped(noise, best, stretch);
            return stretch;
        }
        int from = scaling.loudest(noise) - random.nextInt(length);
        copyLooped(noise, Math.max(0, Math.min(places - 1, from)), stretch);
        return stretch;
    }

    private static int zeros(float[] samples) {
        int zeros = 0;
        for (float sample : samples) {
            zeros += sample == 0 ? 1 : 0;
        }
        return zeros;
    }

    private static void copyLooped(Waveform noise, int from, float[] target) {
        int filled = 0;
        int position = from;
        while (filled < target.length) {
            int count = Math.min(target.length - filled, noise.length() - position);
            noise.copyTo(position, target, filled, count);
            filled += count;
            position = 0;
        }
    }
}
