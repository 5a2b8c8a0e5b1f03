package io.github.spirabr.core.artifact;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.quality.SignalLevels;
import java.util.ArrayList;
import java.util.List;

/**
 * The input of evaluation for one recording. It can be stored as a list of matrices, and restored bit for bit.
 *
 * @param levels the levels of the recording as it was read, rounded to 32-bit floats
 * @param windows the features of each window, in time order
 */
public record HeardRecording(SignalLevels levels, List<FeatureMatrix> windows) {

    private static final int LEVELS = 7;

    /** Returns the levels and features of a recording. */
    public static HeardRecording of(Waveform waveform, List<FeatureMatrix> windows) {
        return new HeardRecording(levels(levels(SignalLevels.of(waveform))), windows);
    }

    private static FeatureMatrix levels(SignalLevels levels) {
        return FeatureMatrix.of(1, LEVELS, new float[] {
            (float) levels.durationSeconds(), (float) levels.peak(), (float) levels.clipped(), (float) levels.silent(),
            (float) levels.levelDb(), (float) levels.noiseFloorDb(), (float) levels.signalToNoiseDb()
        });
    }

    private static SignalLevels levels(FeatureMatrix kept) {
        return new SignalLevels(kept.value(0, 0), kept.value(0, 1), kept.value(0, 2), kept.value(0, 3), kept.value(0, 4),
                kept.value(0, 5), kept.value(0, 6));
    }

    /** Returns the windows followed by the levels. */
    public List<FeatureMatrix> toMatrices() {
        List<FeatureMatrix> matrices = new ArrayList<>(windows);
        matrices.add(levels(levels));
        return matrices;
    }

    /** Reads the matrices that {@link #toMatrices} wrote. */
    public static HeardRecording fromMatrices(List<FeatureMatrix> matrices) {
        int windows = matrices.size() - 1;
        return new HeardRecording(levels(matrices.get(windows)), List.copyOf(matrices.subList(0, windows)));
    }

    /** Returns the measures by which inputs are compared. */
    public InputMeasures measures() {
        return InputMeasures.of(levels, windows);
    }
}
