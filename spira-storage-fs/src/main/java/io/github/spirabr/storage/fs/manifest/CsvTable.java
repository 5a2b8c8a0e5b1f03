package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.AudioSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A CSV file that is one of several files of a form: commas, UTF-8, a header. A blank value is absent. */
final class CsvTable implements Form {

    private final AudioSource file;
    private final String list;

    /**
     * Creates an instance.
     *
     * @param list name of the file in messages
     */
    CsvTable(AudioSource file, String list) {
        this.file = file;
        this.list = list;
    }

    @Override
    public boolean read(Consumer<NamedRow> rows, FaultList faults) {
        FaultList ofText = new FaultList();
        Reading reading = new Reading(rows, faults);
        boolean complete = false;
        try {
            complete = CsvRows.read(ManifestText.open(file, ofText), reading::take, ofText);
        } catch (InvalidDatasetException e) {
            // Its faults are in the list.
        }
        ofText.sentences().forEach(sentence -> faults.add("faulty lists", list, sentence));
        return complete && ofText.isEmpty() && reading.complete;
    }

    /** One reading. */
    private final class Reading {

        private final Consumer<NamedRow> rows;
        private final FaultList faults;
        private final SharedTexts texts = new SharedTexts();
        private List<String> columns = List.of();
        private boolean complete = true;

        Reading(Consumer<NamedRow> rows, FaultList faults) {
            this.rows = rows;
            this.faults = faults;
        }

        void take(CsvRow row) {
            Place place = new Place(list, row.line());
            if (columns.isEmpty()) {
                columns = row.values().stream().map(PlainText::of).toList();
                Set<String> seen = new HashSet<>();
                columns.stream().filter(column -> !seen.add(column)).distinct().forEach(column ->
                        fault("columns that exist twice", place, "the column '" + column + "' exists twice; rename or remove"
                                + " one"));
            } else if (row.values().size() != columns.size()) {
                fault("lines with too few or too many fields", place, "has " + row.values().size() + " fields, but the header"
                        + " has " + columns.size() + " columns; quote fields that hold commas");
            } else {
                rows.accept(new NamedRow(place, values(row)));
            }
        }

        private void fault(String kind, Place place, String sentence) {
            faults.add(kind, place.toString(), sentence);
            complete = false;
        }

        private Map<String, String> values(CsvRow row) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                String value = row.values().get(i);
                if (!value.isBlank()) {
                    values.put(columns.get(i), texts.of(columns.get(i), value));
                }
            }
            return values;
        }
    }
}

