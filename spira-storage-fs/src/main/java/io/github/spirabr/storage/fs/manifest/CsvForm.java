package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.AudioSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of a CSV file under a header. Used once, by one thread. */
final class CsvForm implements Form {

    /** The longest header that is looked at for the separator. */
    private static final int HEADER = 1 << 16;
    /** The line by which spreadsheets name the separator. */
    private static final String SEPARATOR_LINE = "sep=";

    private final AudioSource file;
    private final ManifestLayout layout;
    private final Consumer<List<String>> header;
    private @Nullable List<String> columns;
    private boolean complete = true;

    /**
     * Creates an instance.
     *
     * @param header receives the names of the columns, also without any row
     */
    CsvForm(AudioSource file, ManifestLayout layout, Consumer<List<String>> header) {
        this.file = file;
        this.layout = layout;
        this.header = header;
    }

    @Override
    public boolean read(Consumer<NamedRow> rows, FaultList faults) {
        try {
            BufferedReader text = ManifestText.open(file, layout.encoding(), faults);
            char separator = separator(text);
            complete &= CsvRows.read(text, separator, row -> take(row, separator, rows, faults), faults);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (columns == null && faults.isEmpty()) {
            faults.add("empty manifests", "", "the manifest is empty; it needs a header such as " + layout.name(Column.FILE) + ","
                    + layout.name(Column.CLASS) + "," + layout.name(Column.SUBJECT) + " and a row for each recording");
        }
        return complete && columns != null;
    }

    /** Returns the separator that cuts the header into the most columns, and passes over a line that names one. */
    private char separator(BufferedReader text) throws IOException {
        text.mark(HEADER);
        StringBuilder first = new StringBuilder();
        int next = text.read();
        boolean quoted = false;
        for (int read = 1; next >= 0 && read < HEADER && (quoted || !isEnd(next) || first.toString().isBlank()); read++) {
            quoted ^= next == '"';
            if (!quoted && next != '"') {
                first.append((char) next);
            }
            next = text.read();
        }
        String line = first.toString().strip();
        if (line.length() == SEPARATOR_LINE.length() + 1 && line.startsWith(SEPARATOR_LINE)) {
            return layout.separator().orElse(line.charAt(SEPARATOR_LINE.length()));
        }
        text.reset();
        return layout.separator().orElseGet(() -> Stream.of(',', ';', '\t')
                .reduce(',', (best, one) -> count(line, one) > count(line, best) ? one : best));
    }

    private static boolean isEnd(int character) {
        return character == '\n' || character == '\r';
    }

    private static long count(String line, char separator) {
        return line.chars().filter(one -> one == separator).count();
    }

    private void take(CsvRow row, char separator, Consumer<NamedRow> rows, FaultList faults) {
        if (columns == null) {
            columns = row.values().stream().map(PlainText::of).toList();
            header.accept(columns);
            return;
        }
        Place place = new Place("", row.line());
        if (row.values().size() != columns.size()) {
            faults.add("lines with too few or too many fields", place.toString(), "has " + row.values().size()
                    + " fields, but the header has " + columns.size() + " columns; quote fields that hold "
                    + (separator == ',' ? "commas" : "'" + separator + "'"));
            complete = false;
            return;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), row.values().get(i));
        }
        rows.accept(new NamedRow(place, values));
    }
}
