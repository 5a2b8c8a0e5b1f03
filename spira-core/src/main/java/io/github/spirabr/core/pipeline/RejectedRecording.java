package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.recording.Recording;

/**
 * A recording that cannot be used, as data.
 *
 * @param recording which
 * @param reason the kind of failure
 * @param detail what was found; names the recording
 */
public record RejectedRecording(Recording recording, AudioException.Reason reason, String detail) {}
