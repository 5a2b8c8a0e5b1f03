package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.recording.Label;

/**
 * A recording that is kept out of training and comparison.
 *
 * @param id of the recording
 * @param subject the speaker
 * @param label as it is listed
 * @param reason the kind of fault
 * @param detail the finding
 */
public record QuarantinedRecording(String id, String subject, Label label, QuarantineReason reason, String detail) {

    void write(Document fields) {
        fields.put("id", id).put("subject", subject).put("label", label).put("reason", reason).put("detail", detail);
    }

    static QuarantinedRecording read(Document fields) {
        return new QuarantinedRecording(fields.text("id"), fields.text("subject"), fields.choice("label", Label.class),
                fields.choice("reason", QuarantineReason.class), fields.text("detail"));
    }
}
