package io.github.spirabr.core.model;

/**
 * The weight of a feature in a linear model.
 *
 * @param value change of the log odds of the patient class by one standard deviation of the feature in the training set
 * @param lower end of its 95 % Wald interval, from the Hessian of loss and penalty; recordings count as independent, so that it
 *     is too narrow where subjects have many
 * @param upper end of the interval that {@code lower} begins
 */
public record Coefficient(double value, double lower, double upper) {}
