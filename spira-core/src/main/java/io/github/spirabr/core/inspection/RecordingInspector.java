package io.github.spirabr.core.inspection;

import io.github.spirabr.core.recording.Recording;

/** Port: looks at a recording. Implementations are immutable and safe for any number of threads. */
public interface RecordingInspector {

    /**
     * Reads a recording and measures it; knows nothing of its label.
     *
     * @throws io.github.spirabr.core.audio.AudioException if it cannot be read
     */
    RecordingFacts inspect(Recording recording);
}
