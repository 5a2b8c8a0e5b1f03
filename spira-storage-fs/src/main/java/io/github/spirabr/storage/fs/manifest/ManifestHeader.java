package io.github.spirabr.storage.fs.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns of a manifest, by name. */
final class ManifestHeader {

    private final CsvRow row;
    private final ManifestLayout layout;
    private final Set<String> own;
    /** Texts of each column by itself, as a column of dates would push out all others. */
    private final List<HeldTexts> texts;

    ManifestHeader(CsvRow row, ManifestLayout layout) {
        this.row = row;
        this.layout = layout;
        this.texts = row.values().stream().map(column -> new HeldTexts()).toList();
        this.own = Set.of(layout.fileColumn(), layout.classColumn(), layout.subjectColumn());
    }

    /** Returns one sentence for each column that is missing or exists twice. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        List<String> required = new ArrayList<>(List.of(layout.fileColumn(), layout.classColumn()));
        if (layout.subjectRequired()) {
            required.add(layout.subjectColumn());
        }
        required.removeAll(row.values());
        String found = row.values().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        required.forEach(column ->
                faults.add("there is no column '" + column + "'; found " + found + advice()));
        Set<String> seen = new HashSet<>();
        row.values().stream().filter(column -> !seen.add(column)).distinct().forEach(column ->
                faults.add("the column '" + column
                        + "' exists twice; rename or remove one"));
        return faults;
    }

    private String advice() {
        if (row.values().size() == 1 && row.values().get(0).matches("(?s).*[;\t].*")) {
            return "; separate the columns by commas";
        }
        return "; add it, or name the column that holds it";
    }

    int size() {
        return row.values().size();
    }

    boolean hasSubjects() {
        return row.values().contains(layout.subjectColumn());
    }

    String file(CsvRow values) {
        return value(values, layout.fileColumn());
    }

    String label(CsvRow values) {
        return value(values, layout.classColumn());
    }

    String subject(CsvRow values) {
        int column = row.values().indexOf(layout.subjectColumn());
        return texts.get(column).of(values.values().get(column));
    }

    /** Returns the values of all columns but file, class and subject, without missing ones. */
    Map<String, String> metadata(CsvRow values) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < row.values().size(); i++) {
            String column = row.values().get(i);
            String value = values.values().get(i);
            if (!own.contains(column) && !MissingValues.isMissing(value)) {
                metadata.put(column, texts.get(i).of(value));
            }
        }
        return metadata;
    }

    private String value(CsvRow values, String column) {
        return values.values().get(row.values().indexOf(column));
    }
}
