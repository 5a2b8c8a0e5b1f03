package io.github.spirabr.core.inspection;

import io.github.spirabr.core.recording.Label;
import java.time.Duration;

/**
 * The amount of data of a class.
 *
 * @param recordings number of recordings
 * @param subjects number of subjects
 * @param duration total duration
 */
public record ClassCounts(Label label, int recordings, int subjects, Duration duration) {}
