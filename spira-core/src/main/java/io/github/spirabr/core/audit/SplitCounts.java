package io.github.spirabr.core.audit;

import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.internal.MissingValue;
import io.github.spirabr.core.internal.SubjectColumns;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Counts recordings and subjects of a split. */
final class SplitCounts {

    private static final int FEW_VALUES = 20;

    private SplitCounts() {}

    static List<Recording> recordings(DatasetSplit split, Side side) {
        return switch (side) {
            case TRAINING -> split.training().recordings();
            case VALIDATION -> split.validation().recordings();
            case TEST -> split.test().recordings();
        };
    }

    private static List<Recording> all(DatasetSplit split) {
        return Arrays.stream(Side.values()).flatMap(side -> recordings(split, side).stream()).toList();
    }

    static boolean subjectsUnknown(DatasetSplit split) {
        return SubjectColumns.areSubjectsUnknown(all(split));
    }

    static List<SplitCertificate.SideCount> byClass(DatasetSplit split) {
        List<SplitCertificate.SideCount> counts = new ArrayList<>();
        for (Side side : Side.values()) {
            for (Label label : Label.values()) {
                List<Recording> its = only(recordings(split, side), one -> one.label() == label);
                counts.add(new SplitCertificate.SideCount(side, label, its.size(), subjects(its)));
            }
        }
        return counts;
    }

    /**
     * Counts recordings and subjects by groups.
     *
     * @param columns columns of the manifest; those with few values if empty
     */
    static List<SplitCertificate.GroupCount> byGroup(DatasetSplit split, Optional<List<String>> columns) {
        List<Recording> all = all(split);
        List<SplitCertificate.GroupCount> counts = new ArrayList<>();
        for (String column : columns.orElseGet(() -> columnsOfFewValues(all))) {
            for (String value : values(all, column)) {
                for (Side side : Side.values()) {
                    List<Recording> its = only(recordings(split, side), one -> value(one, column).equals(value));
                    counts.add(new SplitCertificate.GroupCount(column, value, side, its.size(), subjects(its)));
                }
            }
        }
        return counts;
    }

    private static List<String> columnsOfFewValues(List<Recording> recordings) {
        TreeSet<String> columns = new TreeSet<>();
        recordings.forEach(one -> columns.addAll(one.metadata().keySet()));
        return columns.stream().filter(column -> {
            int values = values(recordings, column).size();
            return values > 1 && values <= FEW_VALUES;
        }).toList();
    }

    private static TreeSet<String> values(List<Recording> recordings, String column) {
        TreeSet<String> values = new TreeSet<>();
        recordings.forEach(one -> values.add(value(one, column)));
        return values;
    }

    private static String value(Recording recording, String column) {
        return MissingValue.shown(recording.metadata().get(column));
    }

    private static List<Recording> only(List<Recording> recordings, Predicate<Recording> wanted) {
        return recordings.stream().filter(wanted).toList();
    }

    private static int subjects(List<Recording> recordings) {
        return (int) recordings.stream().map(Recording::subject).distinct().count();
    }
}
