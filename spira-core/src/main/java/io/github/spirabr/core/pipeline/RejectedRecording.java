package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.recording.Recording;

/**
 * A recording that cannot be used, as data.
 *
 * @param recording the recording
 * @param reason the kind of failure
 * @param detail the finding; names the recording
 */
public record RejectedRecording(Recording recording, AudioException.Reason reason, String detail) {}
