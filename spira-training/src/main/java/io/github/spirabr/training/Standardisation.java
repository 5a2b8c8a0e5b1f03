package io.github.spirabr.training;

import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Iterator;

/**
 * The mean and the deviation of each feature over recordings of equal weight, whose windows share it. A feature that is the same
 * everywhere has a deviation of 1.
 */
final class Standardisation {

    private final double[] means;
    private final double[] squares;
    private double weight;

    private Standardisation(int features) {
        means = new double[features];
        squares = new double[features];
    }

    /** Returns the standardisation of recordings whose windows have one frame (Welford's method, weighted). */
    static Standardisation of(Iterator<RecordingFeatures> recordings, int features) {
        Standardisation fitted = new Standardisation(features);
        recordings.forEachRemaining(one -> one.windows().forEach(window -> fitted.add(window, 1.0 / one.windows().size())));
        return fitted;
    }

    private void add(FeatureMatrix window, double share) {
        weight += share;
        for (int i = 0; i < means.length; i++) {
            double value = window.value(0, i);
            double before = value - means[i];
            means[i] += before * share / weight;
            squares[i] += share * before * (value - means[i]);
        }
    }

    double[] means() {
        return means;
    }

    double[] deviations() {
        double[] deviations = new double[means.length];
        for (int i = 0; i < deviations.length; i++) {
            double deviation = Math.sqrt(squares[i] / weight);
            deviations[i] = deviation > Math.ulp((float) means[i]) ? deviation : 1;
        }
        return deviations;
    }
}
