package io.github.spirabr.core.pipeline;

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
 */
public record FeatureEffect(String name, Optional<Coefficient> coefficient, double importance, double lower, double upper) {}
