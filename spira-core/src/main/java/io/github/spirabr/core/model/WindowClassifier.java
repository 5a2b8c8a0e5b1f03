package io.github.spirabr.core.model;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.List;

/** A classifier that computes the probability of the patient class for each window. */
@FunctionalInterface
public interface WindowClassifier {

    /**
     * Computes the probabilities of these windows, in their order, each in [0, 1]. A window's probability does not
     * depend on the others.
     *
     * @throws IllegalArgumentException if a window is not of the network's input shape
     */
    double[] predict(List<FeatureMatrix> windows);
}
