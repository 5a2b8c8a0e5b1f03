package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.PlainText;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The columns of a manifest, by name. */
final class ManifestHeader {

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<String> columns;
    private final ManifestLayout layout;
    private final Set<String> own;
    /** Texts of each column by itself, as a column of dates would push out all others. */
    private final List<HeldTexts> texts;

    ManifestHeader(CsvRow row, ManifestLayout layout) {
        this.columns = row.values().stream().map(PlainText::of).toList();
        this.layout = layout;
        this.texts = columns.stream().map(column -> new HeldTexts()).toList();
        this.own = Set.of(layout.fileColumn(), layout.classColumn(), layout.subjectColumn());
    }

    /** Returns one sentence for each column that is missing or exists twice. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        requireColumn("fileColumn", layout.fileColumn(), faults);
        requireColumn("classColumn", layout.classColumn(), faults);
        if (layout.subjectRequired()) {
            requireColumn("subjectColumn", layout.subjectColumn(), faults);
        }
        Set<String> seen = new HashSet<>();
        columns.stream().filter(column -> !seen.add(column)).distinct().forEach(column ->
                faults.add("the column '" + column
                        + "' exists twice; rename or remove one"));
        return faults;
    }

    private void requireColumn(String setting, String column, List<String> faults) {
        if (!columns.contains(column)) {
            String found = columns.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
            faults.add("there is no column '" + column + "'; found " + found + "; " + advice(setting, column));
        }
    }

    private String advice(String setting, String column) {
        if (columns.size() == 1 && columns.get(0).matches("(?s).*[;\t].*")) {
            return "separate the columns by commas";
        }
        return columns.stream().filter(one -> letters(one).equals(letters(column))).findFirst()
                .map(near -> "rename '" + near + "', or set " + setting + " to '" + near + "'")
                .orElse("add it, or name the column that holds it in " + setting);
    }

    private static String letters(String name) {
        return NO_LETTERS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
    }

    int size() {
        return columns.size();
    }

    boolean hasSubjects() {
        return columns.contains(layout.subjectColumn());
    }

    String file(CsvRow values) {
        return value(values, layout.fileColumn());
    }

    String label(CsvRow values) {
        return PlainText.of(value(values, layout.classColumn()));
    }

    String subject(CsvRow values) {
        int column = columns.indexOf(layout.subjectColumn());
        return texts.get(column).of(PlainText.of(values.values().get(column)));
    }

    /** Returns the values of all columns but file, class and subject, without missing ones. */
    Map<String, String> metadata(CsvRow values) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            String value = values.values().get(i);
            if (!own.contains(column) && !layout.missing().isMissing(value)) {
                metadata.put(column, texts.get(i).of(PlainText.of(value)));
            }
        }
        return metadata;
    }

    private String value(CsvRow values, String column) {
        return values.values().get(columns.indexOf(column));
    }
}
