package io.github.spirabr.audio.features;

import java.util.Map;

/** The overlapping frames that a signal is cut into; all lengths in samples. */
record Framing(int fftSize, int windowLength, int hopLength) {

    static final int MAX_FFT_SIZE = 1 << 20;

    Framing {
        if (fftSize < 2 || fftSize > MAX_FFT_SIZE) {
            throw new IllegalArgumentException(
                    "fftSize must be between 2 and " + MAX_FFT_SIZE + " samples, but was " + fftSize + " samples");
        }
        if (windowLength < 1 || windowLength > fftSize) {
            throw new IllegalArgumentException("windowLength must be between 1 and fftSize (" + fftSize
                    + " samples), but was " + windowLength + " samples");
        }
        if (hopLength < 1 || hopLength > windowLength) {
            throw new IllegalArgumentException("hopLength must be between 1 and windowLength (" + windowLength
                    + " samples), but was " + hopLength + " samples");
        }
    }

    void describe(Map<String, Object> settings) {
        settings.put("fftSize", fftSize);
        settings.put("windowLength", windowLength);
        settings.put("hopLength", hopLength);
    }

    int bins() {
        return fftSize / 2 + 1;
    }

    /** Returns the place of the first weighted sample of frame 0, before the signal's beginning or at it. */
    int firstSample() {
        return (fftSize - windowLength) / 2 - fftSize / 2;
    }

    int frames(int samples) {
        if (samples <= fftSize / 2) {
            throw new IllegalArgumentException("a window must be longer than half the fftSize (" + fftSize / 2
                    + " samples), because its ends are reflected by as many, but was " + samples
                    + " samples; use longer windows or a smaller fftSize");
        }
        return 1 + (samples - fftSize % 2) / hopLength;
    }

    /** Returns the periodic Hann window: w[n] = (1 - cos(2 pi n / windowLength)) / 2. */
    float[] hann() {
        float[] window = new float[windowLength];
        for (int n = 0; n < windowLength; n++) {
            window[n] = windowLength == 1 ? 1f : (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / windowLength));
        }
        return window;
    }
}
