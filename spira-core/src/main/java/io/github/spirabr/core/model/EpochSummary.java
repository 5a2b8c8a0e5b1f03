package io.github.spirabr.core.model;

/**
 * What an epoch gave.
 *
 * @param epoch counted from 1
 * @param trainingLoss mean over the epoch's windows of the loss that is trained by, in nats, dropout on
 * @param validationLoss mean binary cross-entropy over the validation recordings, in nats, of the
 *     mean probability of each one's windows
 * @param validationAccuracy share of validation recordings on the right side of 0.5
 */
public record EpochSummary(int epoch, double trainingLoss, double validationLoss, double validationAccuracy) {}
