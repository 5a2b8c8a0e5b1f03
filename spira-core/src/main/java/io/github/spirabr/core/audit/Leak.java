package io.github.spirabr.core.audit;

/**
 * Something that is on two sides of a split, so that the figures of the one side would be too good.
 *
 * @param kind of what
 * @param first what it was found in, such as a recording's id
 * @param firstSide {@code training}, {@code validation} or {@code test}; {@code evaluation} for a noise
 * @param second where it was found again
 * @param secondSide that side
 */
public record Leak(Kind kind, String first, String firstSide, String second, String secondSide) {

    /** What is on two sides. */
    public enum Kind {
        /** A subject whose names differ in case or blanks only. */
        SUBJECT("the subject's name is the same but for case and blanks", "call one person by one name"),
        /** Recordings of equal samples. */
        IDENTICAL_AUDIO("they sound the very same", "take one of them out, or give both the subject who speaks"),
        /** Recordings that sound alike from beginning to end: encoded anew, resampled, louder or trimmed. */
        NEAR_IDENTICAL_AUDIO("one is a copy of the other, encoded anew, resampled, louder or trimmed",
                "take one of them out, or give both the subject who speaks"),
        /** A recording that is a part of another, or shares a part with it. */
        WINDOW("one is cut out of the other, or both out of one recording",
                "give both the subject who speaks, and cut recordings into windows after the split"),
        /** A subject or recording of the validation or test set that pretrained weights were trained on. */
        PRETRAINED("the weights that training starts from were trained on it",
                "hold out subjects that the stored model was not trained on, start from other weights, or set"
                        + " pretrained.allowHeldOut to true, which the certificate tells"),
        /** A noise that training and evaluation hear, or that is a recording of the other side. */
        NOISE("a noise of the one side is heard on the other",
                "take it out of one of the sides, or split the noises (trainingShare)");

        private final String what;
        private final String wayOut;

        Kind(String what, String wayOut) {
            this.what = what;
            this.wayOut = wayOut;
        }

        /** What to do about it. */
        String wayOut() {
            return wayOut;
        }
    }

    /** In a sentence, without what to do. */
    String sentence() {
        return first + " (" + firstSide + ") and " + second + " (" + secondSide + "): " + kind.what;
    }
}
