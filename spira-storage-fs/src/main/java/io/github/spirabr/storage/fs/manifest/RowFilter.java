package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.internal.adapter.PlainText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rows that a layout takes: those of certain values, without those of ignored classes. Used by one thread. */
final class RowFilter {

    /** Values of a column that are named in a fault. */
    private static final int NAMED = 10;

    private final ManifestLayout layout;
    private final Map<String, Long> ignored = new TreeMap<>();
    private final Map<String, Set<String>> seen = new HashMap<>();
    private long elsewhere;

    RowFilter(ManifestLayout layout) {
        this.layout = layout;
    }

    boolean takes(Columns columns, Map<String, String> values) {
        boolean wanted = true;
        for (Map.Entry<String, Set<String>> condition : layout.where().entrySet()) {
            String value = PlainText.of(value(columns, values, condition.getKey()));
            Set<String> known = seen.computeIfAbsent(condition.getKey(), any -> new TreeSet<>());
            if (!value.isEmpty() && (known.size() < NAMED || condition.getValue().contains(value))) {
                known.add(value);
            }
            wanted &= condition.getValue().contains(value);
        }
        if (!wanted) {
            elsewhere++;
            return false;
        }
        String word = columns.name(Column.CLASS).map(values::get).map(PlainText::of).orElse("");
        if (layout.ignored().contains(word)) {
            ignored.merge(word, 1L, Long::sum);
            return false;
        }
        return true;
    }

    /** Returns the value of a column by its own name or by the usual one; empty without it. */
    private static String value(Columns columns, Map<String, String> values, String column) {
        Optional<String> known = Arrays.stream(Column.values()).filter(one -> one.usual().equals(column)).findFirst()
                .flatMap(columns::name);
        return values.getOrDefault(known.orElse(column), "");
    }

    /** Adds a fault for each condition that names a value that no row has. */
    void tellUnknown(FaultList faults) {
        layout.where().forEach((column, values) -> {
            Set<String> known = seen.getOrDefault(column, Set.of());
            Set<String> unknown = new TreeSet<>(values);
            unknown.removeAll(known);
            if (!unknown.isEmpty()) {
                faults.add("conditions without rows", "", "where." + column + " names " + quoted(unknown) + ", which no row has; "
                        + (known.isEmpty() ? "there is no column '" + column + "', or it is blank"
                                : "values are " + quoted(known) + (known.size() >= NAMED ? " and others" : "")));
            }
        });
    }

    private static String quoted(Set<String> values) {
        return values.stream().map(value -> "'" + value + "'").collect(Collectors.joining(", "));
    }

    /** Returns a sentence for each reason for which rows were left out. */
    List<String> notes(long rows) {
        List<String> notes = new ArrayList<>();
        if (elsewhere > 0) {
            notes.add(elsewhere + " of " + rows + " rows are left out by where");
        }
        ignored.forEach((word, count) -> notes.add(count + " of " + rows + " rows are left out, as their class is '" + word
                + "' (ignoreWords)"));
        return notes;
    }
}
