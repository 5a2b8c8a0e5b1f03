package io.github.spirabr.core.audit;

import java.util.Arrays;

/**
 * What a sound is known again by: 32 bits for each of its frames, most of which stay as they are when it is encoded anew,
 * resampled, made louder or trimmed, while those of another sound are like coins thrown. Frames in which there is nothing
 * to hear are not compared. Immutable and thread-safe.
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
     * The fingerprint of a sound.
     *
     * @param words 32 bits for each frame, in time order; copied. None for a sound that is shorter than a frame
     * @param heard for each frame, whether there is anything to hear; copied
     */
    public static Fingerprint of(int[] words, boolean[] heard) {
        if (words.length != heard.length) {
            throw new IllegalArgumentException(
                    "there must be as many frames heard or not as words, but were " + heard.length + " and " + words.length);
        }
        return new Fingerprint(words.clone(), heard.clone());
    }

    /** The number of frames. */
    int frames() {
        return words.length;
    }

    /** The bits of a frame. */
    int word(int frame) {
        return words[frame];
    }

    /** Whether there is anything to hear in a frame. */
    boolean isHeard(int frame) {
        return heard[frame];
    }

    /** In how many frames there is anything to hear. */
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
