package io.github.spirabr.core.model;

/**
 * The losses and the accuracy of an epoch.
 *
 * @param epoch counted from 1
 * @param trainingLoss mean over the epoch's windows of the loss to minimise, in nats, with dropout
 * @param validationLoss mean binary cross-entropy over the validation recordings, in nats, of each recording's mean
 *     window probability
 * @param validationAccuracy share of validation recordings that are classified correctly at 0.5
 */
public record EpochSummary(int epoch, double trainingLoss, double validationLoss, double validationAccuracy) {}
