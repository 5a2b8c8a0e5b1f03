package io.github.spirabr.core.inspection;

import java.util.List;

/**
 * Recordings with identical samples.
 *
 * @param recordings their ids, at least two, sorted
 * @param acrossClasses whether they are labelled differently: then at least one label is wrong
 * @param acrossSubjects whether they are of different subjects, so that a split by subject could tear them apart
 */
public record Duplicates(List<String> recordings, boolean acrossClasses, boolean acrossSubjects) {

    /** Copies the list. */
    public Duplicates {
        recordings = List.copyOf(recordings);
    }
}
