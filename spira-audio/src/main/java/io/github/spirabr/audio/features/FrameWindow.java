package io.github.spirabr.audio.features;

/** The weights of the samples of a frame, before its Fourier transform. Kaldi calls {@link #HANN} "hanning". */
public enum FrameWindow {
    /** Hann's window: (1 - cos a) / 2. */
    HANN {
        @Override
        double weight(double angle) {
            return 0.5 - 0.5 * Math.cos(angle);
        }
    },
    /** Hamming's window: 0.54 - 0.46 cos a. */
    HAMMING {
        @Override
        double weight(double angle) {
            return 0.54 - 0.46 * Math.cos(angle);
        }
    },
    /** Povey's window, Kaldi's own: the Hann window to the power of 0.85. */
    POVEY {
        @Override
        double weight(double angle) {
            return Math.pow(HANN.weight(angle), 0.85);
        }
    },
    /** The weight 1 for all samples. */
    RECTANGULAR {
        @Override
        double weight(double angle) {
            return 1;
        }
    },
    /** Blackman's window: 0.42 - 0.5 cos a + 0.08 cos 2a. */
    BLACKMAN {
        @Override
        double weight(double angle) {
            return 0.42 - 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle);
        }
    };

    /** Returns the weight at this angle: 0 at the window's beginning, 2 pi at its end. */
    abstract double weight(double angle);

    /**
     * Returns the weights of a frame.
     *
     * @param periodic true if the end of the window is the sample after the last one, false if it is the last one
     */
    float[] weights(int length, boolean periodic) {
        float[] weights = new float[length];
        int end = periodic ? length : length - 1;
        for (int n = 0; n < length; n++) {
            weights[n] = length == 1 ? 1f : (float) weight(2 * Math.PI * n / end);
        }
        return weights;
    }
}
