package io.github.spirabr.training.engine;

import java.util.Arrays;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

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

    /** Returns the indices of the windows of each length, the shortest first, and of one length in their order. */
    public static Collection<int[]> byLength(float[][] windows) {
        SortedMap<Integer, int[]> byLength = new TreeMap<>();
        for (float[] window : windows) {
            byLength.computeIfAbsent(window.length, length ->
                    IntStream.range(0, windows.length).filter(w -> windows[w].length == length).toArray());
        }
        return byLength.values();
    }

    /**
     * Computes the loss of some windows, and its derivatives by their logits. The loss of a window is the mean over its outputs,
     * times its share.
     *
     * @param logits logits of these windows, as many for each as the network has outputs
     * @param chosen indices of these windows
     * @param slopes array that receives the derivative by each logit
     * @return the loss
     */
    public double slopes(float[] logits, int[] chosen, float[] slopes) {
        int outputs = logits.length / chosen.length;
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            int window = chosen[i / outputs];
            float wanted = target(targets[window], i % outputs, outputs);
            sum += shares[window] * loss.value(logits[i], wanted);
            slopes[i] = (float) (shares[window] * loss.slope(logits[i], wanted) / outputs);
        }
        return sum / outputs;
    }

    /**
     * Returns the target of one output: of a single one, the window's; of several, that of output k is the share of class k.
     *
     * @param target target probability of being a patient
     * @param output index of the output
     * @param outputs number of outputs
     */
    public static float target(float target, int output, int outputs) {
        if (outputs == 1 || output == 1) {
            return target;
        }
        return output == 0 ? 1 - target : 0;
    }

    /** Returns the number of windows. */
    public int count() {
        return windows.length;
    }
}
