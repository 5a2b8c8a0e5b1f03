package io.github.spirabr.core.inspection;

import io.github.spirabr.core.audio.SoundNote;
import io.github.spirabr.core.recording.Recording;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The facts of a recording: of its file, its sound and, where they were measured, its speech.
 *
 * @param recording the recording
 * @param content SHA-256 of the encoded bytes, in lower-case hexadecimal; of these and of the part, if the recording is a part
 *     of a file; empty if they were not read
 * @param sound SHA-256 of the decoded samples, rounded to 16 bits: equal for lossless copies, independent of their
 *     format; empty if nothing was decoded
 * @param duration duration of the decoded sound, or the one stated in the header; zero if neither is known
 * @param traits kinds, by name, such as {@code codec}
 * @param measures numbers, by name, all finite, such as {@code levelDb}
 * @param speech measures of the speech itself, by name with unit, all finite, such as {@code mean pause (s)}; empty if they
 *     were not measured. Unlike traits and measures they may well tell the classes apart
 * @param notes findings about the sound, such as holes that were filled; empty if it is whole or was not decoded
 */
public record RecordingFacts(
        Recording recording,
        String content,
        String sound,
        Duration duration,
        Map<String, String> traits,
        Map<String, Double> measures,
        Map<String, Double> speech,
        List<SoundNote> notes) {

    /** Copies the maps, in their order, and the list. */
    public RecordingFacts {
        traits = Collections.unmodifiableMap(new LinkedHashMap<>(traits));
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        speech = Collections.unmodifiableMap(new LinkedHashMap<>(speech));
        notes = List.copyOf(notes);
    }

    /** Facts without measures of speech. */
    public RecordingFacts(
            Recording recording,
            String content,
            String sound,
            Duration duration,
            Map<String, String> traits,
            Map<String, Double> measures,
            List<SoundNote> notes) {
        this(recording, content, sound, duration, traits, measures, Map.of(), notes);
    }

    /** Facts without measures of speech or notes. */
    public RecordingFacts(
            Recording recording,
            String content,
            String sound,
            Duration duration,
            Map<String, String> traits,
            Map<String, Double> measures) {
        this(recording, content, sound, duration, traits, measures, List.of());
    }

    /**
     * Returns the iterator's facts, in their order, in a list that keeps little memory: each object is released as soon as
     * it is read.
     */
    public static List<RecordingFacts> compact(Iterator<RecordingFacts> facts) {
        return FactsTable.of(facts);
    }

    /** Returns the same facts in a list that keeps little memory. */
    public static List<RecordingFacts> compact(List<RecordingFacts> facts) {
        return FactsTable.copyOf(facts);
    }
}
