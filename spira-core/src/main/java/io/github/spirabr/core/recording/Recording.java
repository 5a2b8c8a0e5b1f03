package io.github.spirabr.core.recording;

import io.github.spirabr.core.internal.adapter.PlainText;
import java.util.Map;
import java.util.Objects;

/**
 * A labelled recording; no audio is loaded. Its subject and its metadata are in Unicode's normal form C, without spaces of any
 * kind and invisible characters at their ends, so that one name in two spellings of the same characters is one.
 *
 * @param id unique within its data set; names the recording in messages, random streams and results
 * @param subject the speaker; recordings of one subject are never in two sets of a split
 * @param label the class
 * @param metadata further columns of the manifest, by name (sex, age, hospital, device ...)
 * @param audio the source of the encoded bytes
 */
public record Recording(String id, String subject, Label label, Map<String, String> metadata, AudioSource audio) {

    /** Copies the metadata; refuses an empty id or subject. */
    public Recording {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a recording's id must not be blank (audio: " + audio.name() + ")");
        }
        subject = PlainText.of(subject);
        if (subject.isEmpty()) {
            throw new IllegalArgumentException("the subject of recording " + id + " must not be blank");
        }
        Objects.requireNonNull(label, "label");
        metadata = Metadata.copyOf(metadata);
    }
}
