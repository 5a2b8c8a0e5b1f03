package io.github.spirabr.core.dataset;

import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A data set split by subject, each set with both classes. Only on the user's explicit request it is split by
 * recording, in which case {@link #sharedSubjects} is not empty.
 *
 * @param training the set that the network learns from
 * @param validation the set that chooses the best epoch
 * @param test the held-out set
 */
public record DatasetSplit(TrainingSet training, ValidationSet validation, TestSet test) {

    static DatasetSplit of(Dataset dataset, Map<String, Side> sides) {
        TreeSet<String> strangers = new TreeSet<>(sides.keySet());
        strangers.removeAll(dataset.subjects());
        if (!strangers.isEmpty()) {
            throw new InvalidDatasetException(dataset.name(),
                    List.of("the split names subjects that have no recording: " + String.join(", ", strangers)
                            + "; subjects are " + String.join(", ", dataset.subjects())));
        }
        return of(dataset.name(), on(dataset, sides, Side.TRAINING), on(dataset, sides, Side.VALIDATION),
                on(dataset, sides, Side.TEST));
    }

    /**
     * Returns a split whose test set has all recordings, and whose other sets are empty: for a model that was trained on another
     * data set.
     *
     * @throws InvalidDatasetException if a class is missing
     */
    public static DatasetSplit testOnly(Dataset dataset) {
        requireClasses(dataset.name(), Map.of(Side.TEST, dataset.recordings()));
        return new DatasetSplit(
                new TrainingSet(List.of()), new ValidationSet(List.of()), new TestSet(inOrder(dataset.recordings())));
    }

    /** Splits by recording, independent of the subject. */
    static DatasetSplit byRecording(Dataset dataset, Map<String, Side> sides) {
        return of(dataset.name(), withId(dataset, sides, Side.TRAINING), withId(dataset, sides, Side.VALIDATION),
                withId(dataset, sides, Side.TEST));
    }

    /**
     * Returns the same split with other labels, for trainings that must not be able to learn anything.
     *
     * @param dataset name of the data set in messages
     * @param labels labels, by the recordings' ids; recordings without an entry keep their label
     * @throws InvalidDatasetException if a set then lacks a class
     */
    public DatasetSplit relabelled(String dataset, Map<String, Label> labels) {
        return of(dataset, relabelled(training.recordings(), labels), relabelled(validation.recordings(), labels),
                relabelled(test.recordings(), labels));
    }

    private static List<Recording> relabelled(List<Recording> recordings, Map<String, Label> labels) {
        return recordings.stream()
                .map(one -> new Recording(one.id(), one.subject(), labels.getOrDefault(one.id(), one.label()),
                        one.metadata(), one.audio()))
                .toList();
    }

    private static List<Recording> withId(Dataset dataset, Map<String, Side> sides, Side side) {
        return dataset.recordings().stream().filter(recording -> sides.get(recording.id()) == side).toList();
    }

    /**
     * Returns the same split without some recordings.
     *
     * @param dataset name of the data set in messages
     * @param ids ids of the recordings to leave out
     * @throws InvalidDatasetException if a set then lacks a class
     */
    public DatasetSplit without(String dataset, Set<String> ids) {
        return of(dataset, without(training.recordings(), ids), without(validation.recordings(), ids),
                without(test.recordings(), ids));
    }

    /**
     * Returns the subjects that are in more than one set, sorted by name. Empty, unless the split is by recording, on
     * the user's explicit request.
     */
    public SortedSet<String> sharedSubjects() {
        SortedSet<String> shared = new TreeSet<>();
        Set<String> seen = new HashSet<>();
        for (SortedSet<String> side : List.of(training.subjects(), validation.subjects(), test.subjects())) {
            side.stream().filter(seen::contains).forEach(shared::add);
            seen.addAll(side);
        }
        return Collections.unmodifiableSortedSet(shared);
    }

    private static List<Recording> without(List<Recording> recordings, Set<String> ids) {
        return recordings.stream().filter(recording -> !ids.contains(recording.id())).toList();
    }

    private static DatasetSplit of(
            String dataset, List<Recording> training, List<Recording> validation, List<Recording> test) {
        Map<Side, List<Recording>> sides = new EnumMap<>(Side.class);
        sides.put(Side.TRAINING, training);
        sides.put(Side.VALIDATION, validation);
        sides.put(Side.TEST, test);
        requireClasses(dataset, sides);
        return new DatasetSplit(
                new TrainingSet(inOrder(training)), new ValidationSet(inOrder(validation)), new TestSet(inOrder(test)));
    }

    private static void requireClasses(String dataset, Map<Side, List<Recording>> sides) {
        List<String> faults = new ArrayList<>();
        sides.forEach((side, recordings) -> {
            for (Label label : Label.values()) {
                if (recordings.stream().noneMatch(recording -> recording.label() == label)) {
                    faults.add("the " + side.name().toLowerCase(Locale.ROOT) + " set has no recording of class "
                            + label.code() + " (" + label + ")");
                }
            }
        });
        if (!faults.isEmpty()) {
            faults.add("each set must have subjects of both classes; add subjects or change the split");
            throw new InvalidDatasetException(dataset, faults);
        }
    }

    /**
     * Returns the recordings sorted by id, since random draws and sums depend on the order, which must not be that of a
     * manifest's lines.
     */
    private static List<Recording> inOrder(List<Recording> recordings) {
        return recordings.stream().sorted(Comparator.comparing(Recording::id)).toList();
    }

    private static List<Recording> on(Dataset dataset, Map<String, Side> sides, Side side) {
        return dataset.recordings().stream()
                .filter(recording -> sides.get(recording.subject()) == side)
                .toList();
    }
}
