package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.recording.Label;

/**
 * A recording that is kept out of training and comparison.
 *
 * @param id id of the recording
 * @param subject the speaker
 * @param label label, as it is listed
 * @param reason the kind of fault
 * @param detail the finding
 */
public record QuarantinedRecording(String id, String subject, Label label, Reason reason, String detail) {

    void write(Document fields) {
        fields.put("id", id).put("subject", subject).put("label", label).put("reason", reason).put("detail", detail);
    }

    static QuarantinedRecording read(Document fields) {
        return new QuarantinedRecording(fields.text("id"), fields.text("subject"), fields.choice("label", Label.class),
                fields.choice("reason", Reason.class), fields.text("detail"));
    }

    /** The reason why a recording is kept out of training and comparison. */
    public enum Reason {
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
}
