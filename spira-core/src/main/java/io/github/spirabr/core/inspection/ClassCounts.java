package io.github.spirabr.core.inspection;

import io.github.spirabr.core.recording.Label;
import java.time.Duration;

/**
 * How much there is of a class.
 *
 * @param recordings how many
 * @param subjects of how many people
 * @param duration together
 */
public record ClassCounts(Label label, int recordings, int subjects, Duration duration) {}
