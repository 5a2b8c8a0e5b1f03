package io.github.spirabr.core.continuous;

/** The reason why a recording is kept out of training and comparison. */
public enum QuarantineReason {
    /** It cannot be decoded, or not be reached. */
    UNREADABLE,
    /** It sounds the very same as another one of the same label and subject, which is used. */
    DUPLICATE,
    /** It sounds the very same as one of another label or subject: at least one of them is wrong. */
    CONTRADICTING_AUDIO,
    /** Its label is another one than that of the same subject's other recordings. */
    CONTRADICTING_SUBJECT,
    /** The champion's answers speak against the labels of all that arrived with it. */
    SUSPECT_LABELS,
    /** The change plan does not allow it. */
    NOT_IN_PLAN
}
