package io.github.spirabr.core.preprocessing;

/** The padding of recordings that are shorter than a window. */
public enum Padding {
    /** Silence before feature extraction, from which features are extracted like from any other sound. */
    SILENCE,
    /**
     * Frames of zeros after feature extraction, as published; they differ from the features of silence. The recording
     * itself must be long enough for the extractor.
     */
    ZERO_FRAMES
}
