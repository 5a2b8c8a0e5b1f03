package io.github.spirabr.core.preprocessing;

/** What recordings are filled up with. */
public enum Padding {
    /** Silence, from which features are extracted as from all else. */
    SILENCE,
    /**
     * Frames of zeros after the features, as published; they are not the features of silence. What is there of a
     * recording must be long enough for the extractor by itself.
     */
    ZERO_FRAMES
}
