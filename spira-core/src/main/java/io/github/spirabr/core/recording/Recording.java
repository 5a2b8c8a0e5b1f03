package io.github.spirabr.core.recording;

import java.util.Map;
import java.util.Objects;

/**
 * A labelled recording, nothing of which is loaded.
 *
 * @param id unique within its data set; names the recording in messages, random streams and results
 * @param subject who speaks; recordings of one subject are never on two sides of a split
 * @param label the class
 * @param metadata further columns of the manifest, by name (sex, age, hospital, device ...)
 * @param audio where the encoded bytes are
 */
public record Recording(String id, String subject, Label label, Map<String, String> metadata, AudioSource audio) {

    /** Copies the metadata; refuses an empty id or subject. */
    public Recording {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a recording's id must not be blank (audio: " + audio.name() + ")");
        }
        if (subject.isBlank()) {
            throw new IllegalArgumentException("the subject of recording " + id + " must not be blank");
        }
        Objects.requireNonNull(label, "label");
        metadata = Metadata.copyOf(metadata);
    }
}
