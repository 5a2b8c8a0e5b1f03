package io.github.spirabr.model.internal.network;

import java.util.Arrays;

/**
 * What one step learns from.
 *
 * @param windows each with its frames * features, frame after frame; they may differ in length where the network
 *     takes that
 * @param targets the wanted probability of being a patient, for each window
 * @param shares how much each window's loss counts; mostly they add up to 1
 * @param loss of each output
 */
public record TrainingWindows(float[][] windows, float[] targets, float[] shares, OutputLoss loss) {

    /** All windows count alike. */
    public static TrainingWindows equally(float[][] windows, float[] targets, OutputLoss loss) {
        float[] shares = new float[windows.length];
        Arrays.fill(shares, 1f / windows.length);
        return new TrainingWindows(windows, targets, shares, loss);
    }

    int count() {
        return windows.length;
    }
}
