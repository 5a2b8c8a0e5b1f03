package io.github.spirabr.core.promotion;

import java.util.List;

/**
 * The verdict of a {@link PromotionGate} on a challenger.
 *
 * @param outcome whether the challenger may become champion, or the kind of obstacle
 * @param reason one sentence
 * @param checks all checks, in their order
 */
public record GateVerdict(Outcome outcome, String reason, List<GateCheck> checks) {

    /** Copies the list. */
    public GateVerdict {
        checks = List.copyOf(checks);
    }

    /** The outcomes of a comparison. */
    public enum Outcome {
        /** There was no champion; the challenger becomes the first one. */
        FIRST_CHAMPION,
        /** The challenger is not worse than the champion, and replaces it. */
        PROMOTED,
        /** The challenger failed a check. */
        REJECTED,
        /** There are too few held-out subjects for a comparison. */
        TOO_FEW_SUBJECTS,
        /** The gate has no thresholds to judge by. */
        NO_THRESHOLDS,
        /** A change lies outside the limits of the change plan. */
        OUTSIDE_PLAN
    }
}
