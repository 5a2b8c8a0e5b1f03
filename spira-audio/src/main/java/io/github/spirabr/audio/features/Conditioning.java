package io.github.spirabr.audio.features;

/**
 * The changes to the samples of each frame before the window's weights, in Kaldi's order.
 *
 * @param scale factor of all samples
 * @param removeDc true if the frame's mean is subtracted
 * @param preEmphasis share of the preceding sample that is subtracted, after that; the first sample stands for its own
 *     predecessor
 * @param energy energy of the frame that is kept beside its spectrum
 */
record Conditioning(float scale, boolean removeDc, float preEmphasis, Energy energy) {

    static final Conditioning NOTHING = new Conditioning(1, false, 0, Energy.NONE);

    /** A sum of the squares of a frame's samples. */
    enum Energy {
        /** No energy is computed. */
        NONE,
        /** Before the pre-emphasis. */
        RAW,
        /** After the window's weights. */
        WINDOWED
    }

    Conditioning {
        if (!(preEmphasis >= 0 && preEmphasis <= 1)) {
            throw new IllegalArgumentException("preEmphasis must be between 0 and 1, but was " + preEmphasis);
        }
    }
}
