package io.github.spirabr.core.preprocessing;

import java.util.stream.IntStream;

/** Mean and squared deviations of frames, joined window by window as by Chan et al. (1979). Not thread-safe. */
final class FrameSums {

    private long count;
    private double[] mean = {};
    private double[] squares = {};

    /** Adds all frames of a window. */
    void add(FeatureMatrix window) {
        add(window, 0, window.frames());
    }

    /** Adds the frames from {@code first} on and before {@code end}. */
    void add(FeatureMatrix window, int first, int end) {
        FrameSums sums = new FrameSums();
        int features = window.features();
        sums.count = (long) end - first;
        sums.mean = new double[features];
        sums.squares = new double[features];
        for (int frame = first; frame < end; frame++) {
            for (int feature = 0; feature < features; feature++) {
                sums.mean[feature] += window.value(frame, feature);
            }
        }
        for (int feature = 0; feature < features; feature++) {
            sums.mean[feature] /= sums.count;
        }
        for (int frame = first; frame < end; frame++) {
            for (int feature = 0; feature < features; feature++) {
                double distance = window.value(frame, feature) - sums.mean[feature];
                sums.squares[feature] += distance * distance;
            }
        }
        add(sums);
    }

    /** Adds the frames of other sums. */
    void add(FrameSums other) {
        if (count == 0) {
            count = other.count;
            mean = other.mean.clone();
            squares = other.squares.clone();
            return;
        }
        if (other.count == 0) {
            return;
        }
        if (other.mean.length != mean.length) {
            throw new PreprocessingException("all windows must have " + mean.length + " features, but one has "
                    + other.mean.length);
        }
        long together = count + other.count;
        for (int feature = 0; feature < mean.length; feature++) {
            double step = other.mean[feature] - mean[feature];
            mean[feature] += step * other.count / together;
            squares[feature] += other.squares[feature] + step * step * ((double) count * other.count / together);
        }
        count = together;
    }

    long count() {
        return count;
    }

    double[] mean() {
        return mean.clone();
    }

    /** Returns the standard deviations, divided by the number of frames. */
    double[] deviation() {
        return IntStream.range(0, squares.length).mapToDouble(feature -> Math.sqrt(squares[feature] / count)).toArray();
    }
}
