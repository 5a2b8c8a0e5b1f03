package io.github.spirabr.core.dataset;

import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.SortedSet;

/** A set of a split that a model is evaluated on. */
public sealed interface EvaluationSet permits ValidationSet, TestSet {

    /** Returns the recordings, sorted by id. */
    List<Recording> recordings();

    /** Returns the subjects, sorted by name. */
    SortedSet<String> subjects();
}
