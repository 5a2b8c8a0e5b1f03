package io.github.spirabr.core.preprocessing;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Mean and standard deviation of each feature over the frames of the training set, without augmentation. A frame that lies in
 * several windows counts in each of them; frames that pad a window with zeros do not count.
 *
 * @param count number of frames, at least 1
 * @param mean mean of each feature
 * @param deviation standard deviation of each feature, divided by the number of frames; at least 0
 */
public record TrainingFrames(long count, List<Double> mean, List<Double> deviation) {

    /** Copies the lists; refuses numbers that are not finite, and lists of different lengths. */
    public TrainingFrames {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (count < 1 || mean.isEmpty() || mean.size() != deviation.size()) {
            throw new IllegalArgumentException("training frames must be at least one, with a mean and a deviation for each"
                    + " feature, but were " + count + " with " + mean.size() + " means and " + deviation.size() + " deviations");
        }
        if (!mean.stream().allMatch(Double::isFinite) || !deviation.stream().allMatch(one -> one >= 0 && Double.isFinite(one))) {
            throw new IllegalArgumentException("means and deviations of training frames must be finite, and deviations at least 0,"
                    + " but were " + mean + " and " + deviation);
        }
    }

    /**
     * Measures the frames of recordings, whose windows are read one recording after the other.
     *
     * @param recordings windows of each recording of the training set, in its order; at least one
     */
    public static TrainingFrames of(Iterator<List<FeatureMatrix>> recordings) {
        FrameSums sums = new FrameSums();
        recordings.forEachRemaining(windows -> {
            FrameSums ofRecording = new FrameSums();
            windows.forEach(ofRecording::add);
            sums.add(ofRecording);
        });
        return new TrainingFrames(sums.count(), boxed(sums.mean()), boxed(sums.deviation()));
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
