package io.github.spirabr.core.preprocessing;

import java.util.Arrays;

/** How long the recordings of the training side of a split are. Immutable and thread-safe. */
public final class TrainingLengths {

    private final int[] lengths;
    private final int sampleRate;

    private TrainingLengths(int[] lengths, int sampleRate) {
        this.lengths = lengths;
        this.sampleRate = sampleRate;
    }

    /**
     * Lengths of training recordings, after transforms and before augmentation.
     *
     * @param lengths in samples, at least one, each at least 1; copied
     * @param sampleRate of all of them, in hertz
     */
    public static TrainingLengths of(int[] lengths, int sampleRate) {
        if (sampleRate < 1) {
            throw new IllegalArgumentException("the sample rate must be positive, but was " + sampleRate + " Hz");
        }
        if (lengths.length == 0 || Arrays.stream(lengths).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException("there must be at least one training recording, each of at least one sample");
        }
        return new TrainingLengths(lengths.clone(), sampleRate);
    }

    /** The longest recording's, in samples. */
    public int longest() {
        return Arrays.stream(lengths).max().orElseThrow();
    }

    /** Of all recordings, in samples. */
    public int[] lengths() {
        return lengths.clone();
    }

    /** In hertz. */
    public int sampleRate() {
        return sampleRate;
    }
}
