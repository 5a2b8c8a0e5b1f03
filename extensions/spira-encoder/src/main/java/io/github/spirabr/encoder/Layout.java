package io.github.spirabr.encoder;

import java.util.Arrays;

/** The axes of the input of a graph, in their order. The first one is that of the windows, of which there is one. */
public enum Layout {

    /** A raw waveform. */
    SAMPLES(1, -1, 2),
    /** Frames after each other, as an Audio Spectrogram Transformer takes them. */
    TIME_FEATURES(1, 2, 3),
    /** Features after each other, each at all times, as Whisper takes them. */
    FEATURES_TIME(2, 1, 3),
    /** An image of one channel whose rows are frames, as PANNs take them. */
    CHANNEL_TIME_FEATURES(2, 3, 4),
    /** An image of one channel whose rows are features. */
    CHANNEL_FEATURES_TIME(3, 2, 4);

    private final int time;
    private final int features;
    private final int rank;

    Layout(int time, int features, int rank) {
        this.time = time;
        this.features = features;
        this.rank = rank;
    }

    boolean isRaw() {
        return features < 0;
    }

    /**
     * Returns whether a graph takes input of this layout.
     *
     * @param declared the sizes that the graph declares, -1 where a size is not fixed
     * @param count number of features; not used for raw waveforms
     */
    boolean fits(long[] declared, int count) {
        if (declared.length != rank) {
            return false;
        }
        long[] sizes = sizes(-1, count);
        for (int i = 0; i < rank; i++) {
            if (i != time && declared[i] >= 0 && declared[i] != sizes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether it may be meant: no encoder takes any number of features, and windows of one length only. */
    boolean isLikely(long[] declared) {
        return isRaw() || declared[features] >= 0 || declared[time] < 0;
    }

    /** Returns the sizes of the input of one window. */
    long[] sizes(int frames, int count) {
        long[] sizes = new long[rank];
        Arrays.fill(sizes, 1);
        sizes[time] = frames;
        if (!isRaw()) {
            sizes[features] = count;
        }
        return sizes;
    }

    /** Returns the number of frames, or of samples, that a graph takes; -1 if it takes any. */
    int frames(long[] declared) {
        return (int) declared[time];
    }

    /** Returns the values of a window, which come frame by frame, in the order of the layout. */
    float[] arranged(float[] values, int count) {
        if (isRaw() || time < features) {
            return values;
        }
        int frames = values.length / count;
        float[] turned = new float[values.length];
        for (int t = 0; t < frames; t++) {
            for (int f = 0; f < count; f++) {
                turned[f * frames + t] = values[t * count + f];
            }
        }
        return turned;
    }
}
