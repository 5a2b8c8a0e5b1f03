package io.github.spirabr.core.preprocessing;

import java.util.Arrays;

/** The lengths of the recordings of the training set. Immutable and thread-safe. */
public final class TrainingLengths {

    private final int[] lengths;
    private final int sampleRate;

    private TrainingLengths(int[] lengths, int sampleRate) {
        this.lengths = lengths;
        this.sampleRate = sampleRate;
    }

    /**
     * Returns the lengths of training recordings, after transforms and before augmentation.
     *
     * @param lengths lengths, in samples, at least one, each at least 1; copied
     * @param sampleRate sample rate of all of them, in hertz
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

    /** Returns the length of the longest recording, in samples. */
    public int longest() {
        return Arrays.stream(lengths).max().orElseThrow();
    }

    /** Returns the lengths of all recordings, in samples. */
    public int[] lengths() {
        return lengths.clone();
    }

    /** Returns the sample rate in hertz. */
    public int sampleRate() {
        return sampleRate;
    }
}
