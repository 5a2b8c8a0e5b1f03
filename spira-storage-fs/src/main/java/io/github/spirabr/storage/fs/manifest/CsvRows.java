package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Cuts a CSV text (RFC 4180, double quotes, any line ending) into rows. */
final class CsvRows {

    private CsvRows() {}

    /**
     * Passes on all rows but blank lines, one after another.
     *
     * @param text closed in the end
     * @param firstLine number of the first line of the text
     * @param faults receives one sentence if the quotes are wrong; the rows before are passed on
     * @return whether these were all rows
     */
    static boolean read(Reader text, char separator, long firstLine, Consumer<CsvRow> rows, FaultList faults) {
        // This format returns blank lines too; if the parser skipped them, a row's line could not be told.
        try (CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180.builder().setDelimiter(separator).get())) {
            Iterator<CSVRecord> records = parser.iterator();
            long line = firstLine;
            while (true) {
                List<String> values;
                try {
                    if (!records.hasNext()) {
                        return true;
                    }
                    values = records.next().toList();
                } catch (UncheckedIOException e) {
                    if (e.getCause() instanceof CharacterCodingException) {
                        faults.add("wrong encodings", "line " + line, ManifestText.WRONG_ENCODING);
                        return false;
                    }
                    faults.add("lines with wrong quotes", "line " + line, "a quoted field does not end, or has text after its"
                            + " closing quote; close it, and double every quote inside of it");
                    return false;
                }
                if (values.size() > 1 || !values.get(0).isBlank()) {
                    rows.accept(new CsvRow(line, values));
                }
                line = firstLine + parser.getCurrentLineNumber();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
