package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Whatever another tool writes into the extra columns of a manifest is read back in its canonical form. */
class ManifestPropertyTest {

    private static Path folder = Path.of("unset");

    @BeforeContainer
    static void createFolder() throws IOException {
        folder = Files.createTempDirectory("manifests");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 300)
    void whatWasWrittenIsRead(@ForAll("tables") Table table, @ForAll boolean windowsLines) throws IOException {
        Path manifest = folder.resolve("manifest.csv");
        CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator(windowsLines ? "\r\n" : "\n").get();
        try (Writer writer = Files.newBufferedWriter(manifest);
                CSVPrinter printer = new CSVPrinter(writer, format)) {
            printer.printRecord(table.header());
            for (List<String> row : table.rows()) {
                printer.printRecord(row);
                Path audio = folder.resolve(row.get(0));
                if (Files.notExists(audio)) {
                    Files.createFile(audio);
                }
            }
        }

        Dataset dataset = Manifest.at(manifest).load();

        assertThat(dataset.recordings()).hasSameSizeAs(table.rows());
        for (int i = 0; i < table.rows().size(); i++) {
            List<String> row = table.rows().get(i);
            Recording recording = dataset.recordings().get(i);
            assertThat(recording.id()).isEqualTo(row.get(0));
            assertThat(recording.label()).isEqualTo("0".equals(row.get(1)) ? Label.CONTROL : Label.PATIENT);
            // A blank value or a question mark is missing; no other word for missing values is that short and random.
            Map<String, String> known = new HashMap<>(table.metadata(i));
            known.replaceAll((column, value) -> PlainText.of(value));
            known.values().removeIf(value -> value.isEmpty() || value.equals("?"));
            assertThat(recording.metadata()).isEqualTo(known);
        }
    }

    @Provide
    Arbitrary<Table> tables() {
        // A lone surrogate is not a character and has no UTF-8 encoding.
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(12).filter(ManifestPropertyTest::isText),
                Arbitraries.strings().withChars('"', ',', '\n', '\r', ' ', '\\', '#', ';', '\t', 'a').ofMaxLength(6));
        Arbitrary<List<String>> columns = texts.map(PlainText::of).list().ofMinSize(0).ofMaxSize(4).uniqueElements()
                .filter(names -> Stream.of("file_path", "class", "subject").noneMatch(names::contains));
        return columns.flatMap(names -> Combinators.combine(
                        texts.list().ofSize(names.size()).list().ofMinSize(2).ofMaxSize(6),
                        Arbitraries.integers().between(0, 1).list().ofSize(6))
                .as((values, labels) -> Table.of(names, values, labels)));
    }

    private static boolean isText(String text) {
        return text.codePoints().noneMatch(
                point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    record Table(List<String> header, List<List<String>> rows) {

        static Table of(List<String> names, List<List<String>> values, List<Integer> labels) {
            List<String> header = new ArrayList<>(List.of("file_path", "class"));
            header.addAll(names);
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                // Both classes must be there.
                int label = i < 2 ? i : labels.get(i);
                List<String> row = new ArrayList<>(List.of("r" + i + ".wav", Integer.toString(label)));
                row.addAll(values.get(i));
                rows.add(row);
            }
            return new Table(header, rows);
        }

        Map<String, String> metadata(int row) {
            Map<String, String> metadata = new LinkedHashMap<>();
            for (int column = 2; column < header.size(); column++) {
                metadata.put(header.get(column), rows.get(row).get(column));
            }
            return metadata;
        }
    }
}
