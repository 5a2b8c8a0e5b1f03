package io.github.spirabr.core.recording;

import io.github.spirabr.core.internal.adapter.PlainText;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

    private static final String AMBIENT = "ambient-noise";
    /** Stands for a missing value in manifests. */
    private static final String MISSING = "?";

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

    /** Returns the session, such as a visit, that the recording was made in; empty without a column {@code session}. */
    public Optional<String> session() {
        return known("session");
    }

    /** Returns what the subject was asked to do, such as {@code phrase}; empty without a column {@code task}. */
    public Optional<String> task() {
        return known("task");
    }

    /**
     * Returns whether this is a recording of the room in which nobody speaks, by its {@link #task} {@code ambient-noise}. Such
     * recordings are never trained, validated or tested on; see {@link io.github.spirabr.core.probe.AmbientOnly}.
     */
    public boolean isAmbient() {
        return task().map(task -> task.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-')).filter(AMBIENT::equals)
                .isPresent();
    }

    private Optional<String> known(String column) {
        return Optional.ofNullable(metadata.get(column)).map(String::strip)
                .filter(value -> !value.isEmpty() && !value.equals(MISSING));
    }
}
