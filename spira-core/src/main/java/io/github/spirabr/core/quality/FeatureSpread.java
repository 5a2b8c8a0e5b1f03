package io.github.spirabr.core.quality;

/**
 * The spread of the feature means and feature deviations of recordings, and the distance of a recording from it.
 * Immutable.
 */
final class FeatureSpread {

    private static final double LEAST = 0.01;

    private final double[] means;
    private final double[] deviations;

    /**
     * Creates an instance.
     *
     * @param means means of the feature means, and then of the feature deviations
     * @param deviations deviations of the same
     */
    FeatureSpread(double[] means, double[] deviations) {
        this.means = means.clone();
        this.deviations = deviations.clone();
        int features = means.length / 2;
        raise(0, features);
        raise(features, 2 * features);
    }

    /** Raises values that are too small to divide by. */
    private void raise(int from, int to) {
        double squares = 0;
        for (int d = from; d < to; d++) {
            squares += deviations[d] * deviations[d];
        }
        double least = Math.max(LEAST * Math.sqrt(squares / (to - from)), Float.MIN_NORMAL);
        for (int d = from; d < to; d++) {
            deviations[d] = Math.max(deviations[d], least);
        }
    }

    /** Returns the root of the mean squared z-score. */
    double distance(InputMeasures recording) {
        double squares = 0;
        for (int d = 0; d < means.length; d++) {
            double z = (recording.value(InputMeasures.levelCount() + d) - means[d]) / deviations[d];
            squares += z * z;
        }
        return Math.sqrt(squares / means.length);
    }
}
