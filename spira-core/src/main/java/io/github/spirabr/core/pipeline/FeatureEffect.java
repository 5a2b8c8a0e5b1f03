package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.inspection.DatasetInspection;
import io.github.spirabr.core.model.Coefficient;
import java.util.Optional;

/**
 * The part that one feature has in the answers of a network on one frame.
 *
 * @param name name of the feature
 * @param coefficient its coefficient in a linear model; empty for others
 * @param importance mean increase of the log loss on the test set, in nats, where the feature's values are exchanged between
 *     recordings at random, 20 times; NaN if the features have no names of their own
 * @param lower the smallest of these increases
 * @param upper the largest of these increases
 * @param byClass its values in the test set by class, means over the windows of a recording, and how well they alone tell the
 *     classes apart; empty if the features have no names, or all values are the same
 */
public record FeatureEffect(
        String name,
        Optional<Coefficient> coefficient,
        double importance,
        double lower,
        double upper,
        Optional<DatasetInspection.Property.Measure> byClass) {

    /** An effect without values by class. */
    public FeatureEffect(String name, Optional<Coefficient> coefficient, double importance, double lower, double upper) {
        this(name, coefficient, importance, lower, upper, Optional.empty());
    }
}
