package io.github.spirabr.core.audit;

import java.util.Arrays;

/**
 * An acoustic fingerprint of a sound: 32 bits for each of its frames, most of which do not change when it is encoded
 * anew, resampled, made louder or trimmed, while those of different sounds agree at random. Silent frames are not
 * compared. Immutable and thread-safe.
 */
public final class Fingerprint {

    private final int[] words;
    private final boolean[] heard;
    private final int heardFrames;

    private Fingerprint(int[] words, boolean[] heard) {
        this.words = words;
        this.heard = heard;
        int count = 0;
        for (boolean one : heard) {
            count += one ? 1 : 0;
        }
        this.heardFrames = count;
    }

    /**
     * Returns a fingerprint of a sound.
     *
     * @param words 32 bits for each frame, in time order; copied. None for a sound that is shorter than a frame
     * @param heard true for each frame that is audible; copied
     */
    public static Fingerprint of(int[] words, boolean[] heard) {
        if (words.length != heard.length) {
            throw new IllegalArgumentException(
                    "heard must have one value for each of the " + words.length + " words, but had " + heard.length);
        }
        return new Fingerprint(words.clone(), heard.clone());
    }

    /** Returns the number of frames. */
    int frames() {
        return words.length;
    }

    /** Returns the bits of a frame. */
    int word(int frame) {
        return words[frame];
    }

    /** Returns whether a frame is audible. */
    boolean isHeard(int frame) {
        return heard[frame];
    }

    /** Returns the number of audible frames. */
    int heardFrames() {
        return heardFrames;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && Arrays.equals(words, that.words) && Arrays.equals(heard, that.heard);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(words) + Arrays.hashCode(heard);
    }
}
