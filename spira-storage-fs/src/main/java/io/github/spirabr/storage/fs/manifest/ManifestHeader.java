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

    private static final int HELD = 10_000;

    private final CsvRow row;
    private final ManifestLayout layout;

    ManifestHeader(CsvRow row, ManifestLayout layout) {
        this.row = row;
        this.layout = layout;
    }

    /** One sentence for each column that is missing or there twice. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        List<String> required = new ArrayList<>(List.of(layout.fileColumn(), layout.classColumn()));
        if (layout.subjectRequired()) {
            required.add(layout.subjectColumn());
        }
        required.removeAll(row.values());
        String found = row.values().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        required.forEach(column ->
                faults.add("line " + row.line() + ": there is no column '" + column + "'; found " + found + advice()));
        Set<String> seen = new HashSet<>();
        row.values().stream().filter(column -> !seen.add(column)).distinct().forEach(column ->
                faults.add("line " + row.line() + ": the column '" + column
                        + "' is there twice; rename or remove one"));
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
        return value(values, layout.subjectColumn());
    }

    /**
     * The values of all columns but file, class and subject, of which missing ones are left out.
     *
     * @param texts of earlier rows, so that each text is held in memory once
     */
    Map<String, String> metadata(CsvRow values, Map<String, String> texts) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < row.values().size(); i++) {
            String value = values.values().get(i);
            if (!MissingValues.isMissing(value)) {
                metadata.put(row.values().get(i), texts.size() < HELD ? held(value, texts) : texts.getOrDefault(value, value));
            }
        }
        metadata.keySet().removeAll(List.of(layout.fileColumn(), layout.classColumn(), layout.subjectColumn()));
        return metadata;
    }

    private static String held(String value, Map<String, String> texts) {
        String before = texts.putIfAbsent(value, value);
        return before == null ? value : before;
    }

    private String value(CsvRow values, String column) {
        return values.values().get(row.values().indexOf(column));
    }
}
