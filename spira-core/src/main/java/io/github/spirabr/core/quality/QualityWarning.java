package io.github.spirabr.core.quality;

/**
 * A warning about the quality of a recording.
 *
 * @param kind kind for programs
 * @param decisive whether the quality is so low that no answer may be given
 * @param text the finding and the remedy
 */
public record QualityWarning(Kind kind, boolean decisive, String text) {

    /** The kind of a warning. */
    public enum Kind {
        /** Shorter than a window, or than all recordings of the training set. */
        TOO_SHORT,
        /** Mostly or wholly silent. */
        SILENT,
        /** Overdriven: many samples at full scale. */
        CLIPPED,
        /** Its channels cancel each other in their mean. */
        CHANNELS_CANCEL,
        /** Sound was filled in or left out, or may be missing. */
        INCOMPLETE,
        /** Its features are far from those of all recordings of the training set. */
        UNLIKE_TRAINING
    }
}
