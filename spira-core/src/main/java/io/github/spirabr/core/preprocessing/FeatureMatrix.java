package io.github.spirabr.core.preprocessing;

import java.util.Arrays;

/**
 * Features of one window: [frames × features], time-major. Immutable and safe to share between
 * threads. All values are finite.
 */
public final class FeatureMatrix {

    private final int frames;
    private final int features;
    private final float[] values;

    private FeatureMatrix(int frames, int features, float[] values) {
        this.frames = frames;
        this.features = features;
        this.values = values;
    }

    /**
     * Returns a matrix of these values, which are copied.
     *
     * @param values row after row, frame 0 first; {@code frames * features} finite numbers
     */
    public static FeatureMatrix of(int frames, int features, float[] values) {
        if (frames < 1 || features < 1 || values.length != (long) frames * features) {
            throw new IllegalArgumentException("a feature matrix of " + frames + " frames and " + features
                    + " features must have as many values as their product, but got " + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("feature " + i % features + " of frame " + i / features + " is "
                        + values[i] + "; features must be finite");
            }
        }
        return new FeatureMatrix(frames, features, values.clone());
    }

    /** Returns the number of frames, at least 1. */
    public int frames() {
        return frames;
    }

    /** Returns the number of features in each frame, at least 1. */
    public int features() {
        return features;
    }

    /** Returns one value. */
    public float value(int frame, int feature) {
        if (feature < 0 || feature >= features) {
            throw new IndexOutOfBoundsException("feature " + feature + " of " + features);
        }
        return values[frame * features + feature];
    }

    /** Copies all values, frame after frame, to {@code target} from {@code offset} on. */
    public void copyTo(float[] target, int offset) {
        System.arraycopy(values, 0, target, offset, values.length);
    }

    /** Returns a copy of all values, frame after frame. */
    public float[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureMatrix that
                && frames == that.frames
                && features == that.features
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * frames + features) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "FeatureMatrix[" + frames + " frames x " + features + " features]";
    }
}
