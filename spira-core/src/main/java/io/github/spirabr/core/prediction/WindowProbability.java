package io.github.spirabr.core.prediction;

import java.time.Duration;

/**
 * A model's answer for a window of a recording.
 *
 * @param start from the recording's beginning
 * @param end after {@code start}; past the recording's end where the window is filled up
 * @param probability of being a patient, as the network gives it: not calibrated
 */
public record WindowProbability(Duration start, Duration end, double probability) {}
