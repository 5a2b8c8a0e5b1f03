package io.github.spirabr.training.engine;

import java.util.Arrays;

/**
 * The windows of one training step.
 *
 * @param windows windows of frames * features values each, frame after frame; of different lengths if the network takes
 *     them
 * @param targets target probability of being a patient, for each window
 * @param shares weight of each window's loss; in general they add up to 1
 * @param loss loss of each output
 */
public record TrainingWindows(float[][] windows, float[] targets, float[] shares, OutputLoss loss) {

    /** Returns windows of equal weight. */
    public static TrainingWindows equally(float[][] windows, float[] targets, OutputLoss loss) {
        float[] shares = new float[windows.length];
        Arrays.fill(shares, 1f / windows.length);
        return new TrainingWindows(windows, targets, shares, loss);
    }

    /** Returns the number of windows. */
    public int count() {
        return windows.length;
    }
}
