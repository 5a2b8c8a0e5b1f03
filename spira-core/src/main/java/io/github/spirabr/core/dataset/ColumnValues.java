package io.github.spirabr.core.dataset;

import io.github.spirabr.core.internal.MissingValue;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The values of manifest columns by subject. */
final class ColumnValues {

    private ColumnValues() {}

    /**
     * Returns for each subject one text for each column, made of all values that its recordings have.
     *
     * @throws InvalidDatasetException if no recording has a column; names all such columns
     */
    static Map<String, List<String>> bySubject(Dataset dataset, List<String> columns) {
        List<String> faults = new ArrayList<>();
        SortedSet<String> known = new TreeSet<>();
        dataset.recordings().forEach(one -> known.addAll(one.metadata().keySet()));
        columns.stream().filter(column -> !known.contains(column)).forEach(column ->
                faults.add("there is no column '" + column + "' to stratify the split by; columns are "
                        + String.join(", ", known)));
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(dataset.name(), faults);
        }
        Map<String, Map<String, SortedSet<String>>> found = new LinkedHashMap<>();
        for (Recording recording : dataset.recordings()) {
            Map<String, SortedSet<String>> ofSubject =
                    found.computeIfAbsent(recording.subject(), any -> new LinkedHashMap<>());
            for (String column : columns) {
                ofSubject.computeIfAbsent(column, any -> new TreeSet<>())
                        .add(recording.metadata().getOrDefault(column, MissingValue.SIGN));
            }
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        found.forEach((subject, byColumn) -> values.put(subject, byColumn.entrySet().stream()
                .map(one -> one.getKey() + '=' + String.join(",", one.getValue()))
                .toList()));
        return values;
    }
}
