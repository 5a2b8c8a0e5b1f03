package io.github.spirabr.core.inspection;

import io.github.spirabr.core.audio.SoundNote;
import java.time.Duration;
import java.util.List;

/**
 * The recordings of a data set on which one kind of finding was noted.
 *
 * @param kind of finding
 * @param recordings their ids, sorted, at least one
 * @param duration of the sound that is concerned, in all
 */
public record NotedRecordings(SoundNote.Kind kind, List<String> recordings, Duration duration) {

    /** Copies the list. */
    public NotedRecordings {
        recordings = List.copyOf(recordings);
    }
}
