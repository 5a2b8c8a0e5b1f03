package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.recording.Recording;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes recordings as a CSV manifest with the columns that they need. */
final class CsvWriter {

    private static final List<String> FIRST =
            List.of("file_path", "class", "subject", "offset", "duration", "channel", "session", "task");
    private static final List<String> ALWAYS = List.of("file_path", "class", "subject");

    private final ListedValues values;

    CsvWriter(ListedValues values) {
        this.values = values;
    }

    void write(List<Recording> recordings, OutputStream out) throws IOException {
        Set<String> used = new TreeSet<>(ALWAYS);
        recordings.forEach(recording -> {
            used.addAll(ListedValues.part(recording.audio().part()).keySet());
            used.addAll(ListedValues.metadata(recording).keySet());
        });
        Set<String> columns = new LinkedHashSet<>(FIRST);
        columns.retainAll(used);
        columns.addAll(used);
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180.builder().setRecordSeparator("\n").get());
        printer.printRecord(columns);
        for (Recording recording : recordings) {
            Map<String, String> row = new LinkedHashMap<>(recording.metadata());
            row.put("file_path", values.path(recording));
            row.put("class", String.valueOf(recording.label().code()));
            row.put("subject", recording.subject());
            row.putAll(ListedValues.part(recording.audio().part()));
            printer.printRecord(columns.stream().map(column -> row.getOrDefault(column, "")));
        }
        printer.flush();
    }
}
