package io.github.spirabr.core.preprocessing;

/**
 * The shape of a network's input.
 *
 * @param frames along time
 * @param features features, in each frame
 */
public record InputShape(int frames, int features) {

    /** Refuses sizes below 1. */
    public InputShape {
        if (frames < 1 || features < 1) {
            throw new IllegalArgumentException(
                    "an input must have at least one frame and one feature, but was " + frames + " x " + features);
        }
    }

    @Override
    public String toString() {
        return frames + " frames x " + features + " features";
    }
}
