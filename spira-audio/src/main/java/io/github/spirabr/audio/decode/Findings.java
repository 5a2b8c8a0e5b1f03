package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.SoundNote;
import io.github.spirabr.core.audio.SoundNote.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what is to be noted of one recording. Used by one thread. */
final class Findings {

    private final List<SoundNote> notes = new ArrayList<>();

    /**
     * Notes a finding.
     *
     * @param seconds seconds of the sound that is concerned; 0 if it is not known
     * @param text a format for {@link String#format}
     */
    void add(Kind kind, double seconds, String text, Object... arguments) {
        notes.add(new SoundNote(
                kind, Duration.ofNanos(Math.round(seconds * 1e9)), String.format(Locale.ROOT, text, arguments)));
    }

    List<SoundNote> notes() {
        return List.copyOf(notes);
    }
}
