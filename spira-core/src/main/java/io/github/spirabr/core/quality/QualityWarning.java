package io.github.spirabr.core.quality;

/**
 * What is wrong with a recording.
 *
 * @param kind for programs
 * @param decisive whether so much is wrong that no answer to it may be given
 * @param text for people: what was found, and what to do
 */
public record QualityWarning(Kind kind, boolean decisive, String text) {

    /** What can be wrong. */
    public enum Kind {
        /** Shorter than a window, or than all recordings that training heard. */
        TOO_SHORT,
        /** Mostly or wholly silent. */
        SILENT,
        /** Overdriven: many samples at full scale. */
        CLIPPED,
        /** Its channels cancel each other in their mean. */
        CHANNELS_CANCEL,
        /** Sound was filled in or left out, or may be missing. */
        INCOMPLETE,
        /** Its features are far from those of all recordings that training heard. */
        UNLIKE_TRAINING
    }
}
