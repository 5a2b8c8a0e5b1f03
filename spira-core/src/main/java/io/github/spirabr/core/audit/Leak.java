package io.github.spirabr.core.audit;

import io.github.spirabr.core.recording.AudioPart;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A leak between two sets of a split, which makes the metrics of one of them too good.
 *
 * @param kind the kind of leak
 * @param first the place of the first finding, such as a recording's id
 * @param firstSide {@code training}, {@code validation} or {@code test}; {@code evaluation} for a noise
 * @param second the place of the second finding
 * @param secondSide the set of the second recording
 * @param overlap the part of a file that both recordings have, if they overlap in one file
 */
public record Leak(
        Kind kind, String first, String firstSide, String second, String secondSide, Optional<AudioPart> overlap) {

    /** Creates a leak that is no overlap in one file. */
    public Leak(Kind kind, String first, String firstSide, String second, String secondSide) {
        this(kind, first, firstSide, second, secondSide, Optional.empty());
    }

    /** The kind of object that is in two sets. */
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
        /** Parts of one file that overlap. */
        OVERLAP("they overlap in one file", "give both the subject who speaks, or correct offset, duration and channel"),
        /** A subject or recording of the validation or test set that pretrained weights were trained on. */
        PRETRAINED("the weights that training starts from were trained on it",
                "hold out subjects that the stored model was not trained on, start from other weights, or set"
                        + " pretrained.allowHeldOut to true, which the certificate states"),
        /** A noise that training and evaluation use, or that is a recording of the other set. */
        NOISE("a noise of one set is used in the other",
                "take it out of one of the sets, or split the noises (trainingShare)");

        private final String what;
        private final String wayOut;

        Kind(String what, String wayOut) {
            this.what = what;
            this.wayOut = wayOut;
        }

        /** Returns the remedy. */
        String wayOut() {
            return wayOut;
        }
    }

    /** Returns a sentence without the remedy. */
    String sentence() {
        return first + " (" + firstSide + ") and " + second + " (" + secondSide + "): "
                + overlap.map(Leak::text).orElse(kind.what);
    }

    private static String text(AudioPart shared) {
        String from = String.format(Locale.ROOT, "%.3f s", seconds(shared.offset()));
        return shared.duration()
                .map(length -> String.format(Locale.ROOT, "they share %.3f s of one file, from %s on", seconds(length), from))
                .orElse("they share one file from " + from + " on");
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
