package io.github.spirabr.core.dataset;

import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.SortedSet;

/** The validation set, which chooses the best epoch; never augmented. Created by {@link Dataset#split} alone. */
public final class ValidationSet {

    private final List<Recording> recordings;

    ValidationSet(List<Recording> recordings) {
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
