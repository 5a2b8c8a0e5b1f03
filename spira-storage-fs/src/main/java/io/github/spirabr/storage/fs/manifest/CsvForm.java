package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.AudioSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of a CSV file under a header. Used once, by one thread. */
final class CsvForm implements Form {

    /** The longest header that is looked at for the separator. */
    private static final int HEADER = 1 << 16;
    /** The line by which spreadsheets name the separator. */
    private static final String SEPARATOR_LINE = "sep=";

    private final AudioSource file;
    private final Dialect dialect;
    private final Consumer<List<String>> header;
    private @Nullable List<String> columns;
    private boolean complete = true;
    private long firstLine = 1;

    /**
     * The dialect of a file, as far as it is known before.
     *
     * @param separator separator of the columns; that of the header if empty
     * @param encoding encoding of the text; UTF-8, or UTF-16 with its mark, if empty
     */
    record Dialect(Optional<Character> separator, Optional<Charset> encoding) {}

    /**
     * Creates an instance.
     *
     * @param header receives the names of the columns, also without any row
     */
    CsvForm(AudioSource file, Dialect dialect, Consumer<List<String>> header) {
        this.file = file;
        this.dialect = dialect;
        this.header = header;
    }

    @Override
    public boolean read(Consumer<NamedRow> rows, FaultList faults) {
        try (BufferedReader text = ManifestText.open(file, dialect.encoding(), faults)) {
            char separator = separator(text);
            complete &= CsvRows.read(text, separator, firstLine, row -> take(row, separator, rows, faults), faults);
        } catch (CharacterCodingException e) {
            faults.add("wrong encodings", "line 1", ManifestText.WRONG_ENCODING);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return complete && columns != null;
    }

    /** Returns the separator that comes first in the header, and passes over a line that names one. */
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
        String line = first.toString().stripLeading();
        if (line.length() == SEPARATOR_LINE.length() + 1 && line.startsWith(SEPARATOR_LINE)) {
            firstLine = 2 + first.chars().filter(one -> one == '\n').count();
            text.mark(1);
            if (next != '\r' || text.read() != '\n') {
                text.reset();
            }
            return dialect.separator().orElse(line.charAt(SEPARATOR_LINE.length()));
        }
        text.reset();
        // The first one ends the first name; those behind it may be in names without quotes.
        return dialect.separator().orElseGet(() -> Stream.of(',', ';', '\t').filter(one -> line.indexOf(one) >= 0)
                .min(Comparator.comparing(line::indexOf)).orElse(','));
    }

    private static boolean isEnd(int character) {
        return character == '\n' || character == '\r';
    }

    private static boolean repeatsHeader(List<String> columns, List<String> row) {
        return row.size() == columns.size()
                && IntStream.range(0, row.size()).allMatch(i -> PlainText.of(row.get(i)).equals(columns.get(i)));
    }

    private void take(CsvRow row, char separator, Consumer<NamedRow> rows, FaultList faults) {
        if (columns == null) {
            columns = row.values().stream().map(PlainText::of).toList();
            header.accept(columns);
            return;
        }
        Place place = new Place("", row.line());
        if (columns.size() > 1 && repeatsHeader(columns, row.values())) {
            faults.add("lines that repeat the header", place.toString(), "repeats the header; remove this line");
            complete = false;
            return;
        }
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
