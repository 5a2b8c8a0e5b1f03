package io.github.spirabr.storage.fs.manifest;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Cuts a CSV text (RFC 4180, commas, double quotes, any line ending) into rows. */
final class CsvRows {

    private CsvRows() {}

    /**
     * All rows but blank lines.
     *
     * @param faults receives one sentence if the quotes are wrong; the rows before are returned
     */
    static List<CsvRow> parse(String text, List<String> faults) {
        List<CsvRow> rows = new ArrayList<>();
        // This format returns blank lines too; if the parser skipped them, a row's line could not be told.
        try (CSVParser parser = CSVParser.parse(new StringReader(text), CSVFormat.RFC4180)) {
            Iterator<CSVRecord> records = parser.iterator();
            long line = 1;
            try {
                while (records.hasNext()) {
                    List<String> values = records.next().toList();
                    if (values.size() > 1 || !values.get(0).isBlank()) {
                        rows.add(new CsvRow(line, values));
                    }
                    line = parser.getCurrentLineNumber() + 1;
                }
            } catch (UncheckedIOException e) {
                faults.add("line " + line + ": a quoted field does not end, or has text after its closing quote"
                        + "; close it, and double every quote inside of it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
