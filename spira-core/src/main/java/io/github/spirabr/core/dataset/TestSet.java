package io.github.spirabr.core.dataset;

import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.SortedSet;

/** The held-out test set; never augmented, and nothing is chosen by it. Created by {@link Dataset#split} alone. */
public final class TestSet {

    private final List<Recording> recordings;

    TestSet(List<Recording> recordings) {
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
