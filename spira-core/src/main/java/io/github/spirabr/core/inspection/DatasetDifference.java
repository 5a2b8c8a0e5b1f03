package io.github.spirabr.core.inspection;

import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The difference between two versions of a data set, by the recordings' encoded bytes, independent of their names; by
 * their ids where the bytes were not read.
 *
 * @param added ids, in the newer version, of recordings that are new
 * @param removed ids, in the older version, of recordings that were removed
 * @param relabelled ids, in the newer version, of recordings whose label changed
 */
public record DatasetDifference(List<String> added, List<String> removed, List<String> relabelled) {

    /** Copies the lists. */
    public DatasetDifference {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        relabelled = List.copyOf(relabelled);
    }

    /** Compares. A recording that is listed twice in a version counts once. */
    public static DatasetDifference between(List<RecordingFacts> older, List<RecordingFacts> newer) {
        Map<String, Label> before = labels(older);
        Map<String, Label> after = labels(newer);
        List<String> added = new ArrayList<>();
        List<String> relabelled = new ArrayList<>();
        for (RecordingFacts one : newer) {
            Label label = before.get(key(one));
            if (label == null) {
                added.add(one.recording().id());
            } else if (label != one.recording().label()) {
                relabelled.add(one.recording().id());
            }
        }
        List<String> removed = older.stream()
                .filter(one -> !after.containsKey(key(one)))
                .map(one -> one.recording().id())
                .toList();
        return new DatasetDifference(added, removed, relabelled);
    }

    private static String key(RecordingFacts one) {
        return one.content().isEmpty() ? "id " + one.recording().id() : one.content();
    }

    private static Map<String, Label> labels(List<RecordingFacts> facts) {
        Map<String, Label> labels = new HashMap<>();
        facts.forEach(one -> labels.put(key(one), one.recording().label()));
        return labels;
    }
}
