package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.Waveform;

/** The level of a noise's stretch that is brought to the drawn amplitude. */
public enum NoiseScaling {
    /** The greatest magnitude, so that the drawn amplitude is the noise's peak. */
    PEAK {
        @Override
        float level(float[] stretch) {
            return Levels.peak(stretch);
        }

        @Override
        double sortKey(float sample) {
            return Math.abs(sample);
        }
    },
    /**
     * The greatest value, as SPIRA-ACL2021 published it: where a noise reaches further down than up, it comes out
     * louder than the drawn amplitude, and a stretch of negative samples comes out upside down. For comparison with
     * published figures only.
     */
    ACL2021_MAXIMUM {
        @Override
        float level(float[] stretch) {
            return Levels.maximum(stretch);
        }

        @Override
        double sortKey(float sample) {
            return sample;
        }
    };

    /** Returns the number that the stretch is divided by; 0 if it cannot be scaled. */
    abstract float level(float[] stretch);

    abstract double sortKey(float sample);

    /** Returns the place of the sample without which no stretch can be scaled. */
    int loudest(Waveform noise) {
        int loudest = 0;
        for (int i = 1; i < noise.length(); i++) {
            if (sortKey(noise.sample(i)) > sortKey(noise.sample(loudest))) {
                loudest = i;
            }
        }
        return loudest;
    }

    /** Returns whether some stretch of every length can be scaled. */
    boolean canScale(Waveform noise) {
        return sortKey(noise.sample(loudest(noise))) > 0;
    }
}
