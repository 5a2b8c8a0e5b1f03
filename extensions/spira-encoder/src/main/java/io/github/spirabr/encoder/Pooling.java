package io.github.spirabr.encoder;

import java.util.Arrays;

/** The way from the embeddings of a window's frames to its features. */
public enum Pooling {

    /** The mean over all frames. */
    MEAN {
        @Override
        float[] pool(float[] values, int size) {
            float[] mean = new float[size];
            int frames = values.length / size;
            for (int f = 0; f < size; f++) {
                mean[f] = (float) mean(values, size, frames, f);
            }
            return mean;
        }
    },

    /** The mean and, behind it, the standard deviation over all frames, without Bessel's correction. */
    MEAN_DEVIATION {
        @Override
        int features(int size) {
            return 2 * size;
        }

        @Override
        float[] pool(float[] values, int size) {
            float[] both = new float[2 * size];
            int frames = values.length / size;
            for (int f = 0; f < size; f++) {
                double mean = mean(values, size, frames, f);
                double squares = 0;
                for (int t = 0; t < frames; t++) {
                    double distance = values[t * size + f] - mean;
                    squares += distance * distance;
                }
                both[f] = (float) mean;
                both[size + f] = (float) Math.sqrt(squares / frames);
            }
            return both;
        }
    },

    /** The first frame, which transformers use as the summary of all (CLS). */
    FIRST {
        @Override
        float[] pool(float[] values, int size) {
            return Arrays.copyOf(values, size);
        }
    },

    /** All frames. */
    NONE {
        @Override
        float[] pool(float[] values, int size) {
            return values;
        }
    };

    /**
     * Returns the features of one window, frame by frame.
     *
     * @param values embeddings, frame by frame
     * @param size size of an embedding
     */
    abstract float[] pool(float[] values, int size);

    /** Returns the number of features of a frame. */
    int features(int size) {
        return size;
    }

    private static double mean(float[] values, int size, int frames, int feature) {
        double sum = 0;
        for (int t = 0; t < frames; t++) {
            sum += values[t * size + feature];
        }
        return sum / frames;
    }
}
