package io.github.spirabr.audio.features;

import java.util.Map;

/**
 * The overlapping frames that a signal is cut into; all lengths in samples.
 *
 * @param dropLast true if the last frame is left out
 * @param periodic true if the window would repeat after windowLength samples, false if it is symmetric
 * @param conditioning changes to each frame's samples
 */
record Framing(int fftSize, int windowLength, int hopLength, FramePadding padding, boolean dropLast, FrameWindow window,
        boolean periodic, Conditioning conditioning) {

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

    /** Makes centred frames of reflected signals under a periodic Hann window. */
    Framing(int fftSize, int windowLength, int hopLength) {
        this(fftSize, windowLength, hopLength, FramePadding.REFLECT, false, FrameWindow.HANN, true, Conditioning.NOTHING);
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
        return switch (padding) {
            case REFLECT, CONSTANT -> (fftSize - windowLength) / 2 - fftSize / 2;
            case NONE -> 0;
            case MIRROR -> hopLength / 2 - windowLength / 2;
        };
    }

    int frames(int samples) {
        if (padding == FramePadding.REFLECT && samples <= fftSize / 2) {
            throw new IllegalArgumentException("a window must be longer than half the fftSize (" + fftSize / 2
                    + " samples), because its ends are reflected by as many, but was " + samples
                    + " samples; use longer windows or a smaller fftSize");
        }
        int frames = switch (padding) {
            case REFLECT, CONSTANT -> 1 + (samples - fftSize % 2) / hopLength;
            case NONE -> samples < windowLength ? 0 : 1 + (samples - windowLength) / hopLength;
            case MIRROR -> (int) ((samples + (long) (hopLength / 2)) / hopLength);
        };
        int kept = dropLast ? frames - 1 : frames;
        if (kept < 1) {
            throw new IllegalArgumentException("a window must be long enough for a frame of " + windowLength
                    + " samples, each " + hopLength + " samples" + (dropLast ? ", and the last one, which is dropped" : "")
                    + ", but was " + samples + " samples; use longer windows or a shorter frame");
        }
        return kept;
    }

    /** Returns the place of the sample that a frame sees at {@code index}, within or beyond the signal; -1 for a zero. */
    int source(int index, int length) {
        if (index >= 0 && index < length) {
            return index;
        }
        return switch (padding) {
            case REFLECT -> index < 0 ? -index : 2 * (length - 1) - index;
            case CONSTANT, NONE -> -1;
            case MIRROR -> {
                int turn = Math.floorMod(index, 2 * length);
                yield turn < length ? turn : 2 * length - 1 - turn;
            }
        };
    }

    float[] weights() {
        return window.weights(windowLength, periodic);
    }
}
