package io.github.spirabr.core.continuous;

import io.github.spirabr.core.promotion.GateVerdict;

/** The outcome of a round. */
public enum RoundOutcome {
    /** The recordings are those of the round before: nothing was done. */
    NOTHING_NEW,
    /** All that is new is in quarantine: nothing was done. */
    ALL_QUARANTINED,
    /** There are new recordings, but no trigger asks for a training yet. */
    WAITING,
    /** The recordings cannot yet be split into sets that contain both classes. */
    NOT_ENOUGH_DATA,
    /** A setting was changed that the change plan keeps as it is: nothing was trained, and the champion stays. */
    CHANGE_NOT_ALLOWED,
    /** There was no champion; the challenger became the first one. */
    FIRST_CHAMPION,
    /** The challenger is not worse, and became champion. */
    PROMOTED,
    /** The challenger did not pass the gate; the champion stays. */
    REJECTED,
    /** There are too few held-out subjects to compare; the champion stays. */
    TOO_FEW_SUBJECTS,
    /** The gate has no thresholds to judge by; the champion stays. */
    NO_THRESHOLDS,
    /** A change is outside of the limits of the change plan; the champion stays. */
    OUTSIDE_PLAN,
    /** Somebody else moved the champion while the round was under way; it stays where it was moved to. */
    CHAMPION_MOVED,
    /** The round failed; the champion stays. The next one tries again. */
    FAILED;

    /** Returns the outcome of a round whose challenger was judged. */
    static RoundOutcome of(GateVerdict.Outcome verdict) {
        return switch (verdict) {
            case FIRST_CHAMPION -> FIRST_CHAMPION;
            case PROMOTED -> PROMOTED;
            case REJECTED -> REJECTED;
            case TOO_FEW_SUBJECTS -> TOO_FEW_SUBJECTS;
            case NO_THRESHOLDS -> NO_THRESHOLDS;
            case OUTSIDE_PLAN -> OUTSIDE_PLAN;
        };
    }

    /** Returns whether the challenger became champion. */
    public boolean promoted() {
        return this == PROMOTED || this == FIRST_CHAMPION;
    }

    /** Returns whether a challenger was trained and judged. */
    public boolean judged() {
        return switch (this) {
            case FIRST_CHAMPION, PROMOTED, REJECTED, TOO_FEW_SUBJECTS, NO_THRESHOLDS, OUTSIDE_PLAN, CHAMPION_MOVED -> true;
            case NOTHING_NEW, ALL_QUARANTINED, WAITING, NOT_ENOUGH_DATA, CHANGE_NOT_ALLOWED, FAILED -> false;
        };
    }

    /** Returns whether there was nothing to do. */
    public boolean idle() {
        return this == NOTHING_NEW || this == ALL_QUARANTINED || this == WAITING || this == NOT_ENOUGH_DATA;
    }
}
