package io.github.spirabr.core.quality;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures of a network's input for one recording: its levels, and for each feature the mean and the standard deviation
 * over all frames of all windows. Equal for equal bytes and settings on every machine. Immutable.
 */
public final class InputMeasures {

    private static final List<String> LEVELS =
            List.of("durationSeconds", "peak", "clipped", "silent", "levelDb", "noiseFloorDb", "signalToNoiseDb");

    private final SignalLevels levels;
    private final double[] values;
    private final int features;

    private InputMeasures(SignalLevels levels, double[] means, double[] deviations) {
        this.levels = levels;
        this.features = means.length;
        this.values = new double[LEVELS.size() + 2 * features];
        double[] first = {
            levels.durationSeconds(), levels.peak(), levels.clipped(), levels.silent(), levels.levelDb(),
            levels.noiseFloorDb(), levels.signalToNoiseDb()
        };
        System.arraycopy(first, 0, values, 0, first.length);
        System.arraycopy(means, 0, values, first.length, features);
        System.arraycopy(deviations, 0, values, first.length + features, features);
    }

    /**
     * Measures a recording.
     *
     * @param waveform the recording as it was read
     * @param windows the features of the network's input, at least one window; not augmented
     */
    public static InputMeasures of(Waveform waveform, List<FeatureMatrix> windows) {
        return of(SignalLevels.of(waveform), windows);
    }

    /**
     * Computes the measures from known levels.
     *
     * @param windows the features of the network's input, at least one window; not augmented
     */
    public static InputMeasures of(SignalLevels levels, List<FeatureMatrix> windows) {
        int features = windows.get(0).features();
        double[] sums = new double[features];
        double[] squares = new double[features];
        long frames = 0;
        // Sums of what is left over the first frame lose no digits where a feature is large and hardly moves.
        float[] first = new float[windows.get(0).frames() * features];
        windows.get(0).copyTo(first, 0);
        for (FeatureMatrix window : windows) {
            float[] rows = window.toArray();
            for (int at = 0; at < rows.length; at += features) {
                for (int f = 0; f < features; f++) {
                    double rest = (double) rows[at + f] - first[f];
                    sums[f] += rest;
                    squares[f] += rest * rest;
                }
            }
            frames += window.frames();
        }
        double[] deviations = new double[features];
        for (int f = 0; f < features; f++) {
            double mean = sums[f] / frames;
            deviations[f] = Math.sqrt(Math.max(0, squares[f] / frames - mean * mean));
            sums[f] = first[f] + mean;
        }
        return new InputMeasures(levels, sums, deviations);
    }

    /** Returns the levels of the recording. */
    public SignalLevels levels() {
        return levels;
    }

    /** Returns the number of features in each frame. */
    int features() {
        return features;
    }

    /**
     * Returns the names of the {@link #values}: the levels as in {@link SignalLevels}, then {@code feature.0.mean}, and
     * so on.
     */
    List<String> names() {
        return names(features);
    }

    static List<String> names(int features) {
        List<String> names = new ArrayList<>(LEVELS);
        for (String kind : List.of("mean", "deviation")) {
            for (int f = 0; f < features; f++) {
                names.add("feature." + f + "." + kind);
            }
        }
        return List.copyOf(names);
    }

    /** Returns the number of {@link #values} that precede those of features. */
    static int levelCount() {
        return LEVELS.size();
    }

    /** Returns a copy of all values, in the order of the {@link #names}. */
    public double[] values() {
        return values.clone();
    }

    double value(int index) {
        return values[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InputMeasures that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "InputMeasures[" + levels + ", " + features + " features]";
    }
}
