package io.github.spirabr.core.dataset;

import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.SortedSet;

/**
 * The training set, which the network learns from; the only set that is augmented. Created by {@link Dataset#split}
 * alone.
 */
public final class TrainingSet {

    private final List<Recording> recordings;

    TrainingSet(List<Recording> recordings) {
        this.recordings = List.copyOf(recordings);
    }

    /** Returns the recordings, sorted by id. */
    public List<Recording> recordings() {
        return recordings;
    }

    /** Returns the subjects, sorted by name. */
    public SortedSet<String> subjects() {
        return Dataset.subjectsOf(recordings);
    }
}
