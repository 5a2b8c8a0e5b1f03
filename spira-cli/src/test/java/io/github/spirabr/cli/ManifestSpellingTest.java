package io.github.spirabr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of a manifest's lines, the spelling of its paths and its parts say nothing, and change nothing. */
@Tag("slow")
class ManifestSpellingTest {

    private static final Path DEMO = Path.of("examples/demo");

    @TempDir
    private Path folder;

    private String header = "";
    private final List<String> rows = new ArrayList<>();

    @BeforeEach
    void copyOneRecordingOfEachSubject() throws IOException {
        Files.createDirectories(folder.resolve("audio"));
        for (String line : Files.readAllLines(DEMO.resolve("metadata.csv"))) {
            if (line.startsWith("file_path")) {
                header = line;
            } else if (line.matches(".*-1\\.[a-z0-9]+,.*")) {
                String file = line.substring(0, line.indexOf(','));
                Files.copy(DEMO.resolve(file), folder.resolve(file));
                rows.add(line);
            }
        }
        // A recording that cannot be used is told of in the report.
        Files.write(folder.resolve("audio/empty.wav"), new byte[0]);
        rows.add("audio/empty.wav,0,subject-99,M");
    }

    private Path trained(String name, List<String> lines) throws IOException {
        manifest(name, lines);
        Path experiment = Files.writeString(folder.resolve(name + ".yaml"), """
                modelName: m
                models.folder: %1$s
                seed: 7
                recordings.manifest: %1$s.csv
                reader: {type: ffmpeg}
                rejections: {largestShare: 0.2, largestClassGap: 0.2}
                preprocessing:
                  window: {type: sliding-window, length: 1, step: 2}
                  extract: {type: mfcc}
                probes: []
                model: {type: spiraconv-v2}
                training: {type: dl4j, epochs: 2, batchSize: 4}
                """.formatted(name));
        run(experiment);
        return folder.resolve(name).resolve("m/000001/files");
    }

    private Path manifest(String name, List<String> lines) throws IOException {
        List<String> manifest = new ArrayList<>(List.of(header));
        manifest.addAll(lines);
        return Files.write(folder.resolve(name + ".csv"), manifest);
    }

    private static void run(Object... arguments) {
        StringWriter errors = new StringWriter();
        String[] line = Stream.concat(Stream.of("run"), Stream.of(arguments)).map(Object::toString).toArray(String[]::new);
        int code = Spira.execute(new PrintWriter(Writer.nullWriter()), new PrintWriter(errors, true), line);
        assertThat(code).as(errors.toString()).isZero();
    }

    @Test
    void linesInAnotherOrderAndAbsolutePathsGiveTheModelByteForByte() throws IOException {
        List<String> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(5));

        Path plain = trained("plain", rows);
        Path otherOrder = trained("shuffled", shuffled);
        Path absolute = trained("absolute", rows.stream().map(row -> folder.toAbsolutePath() + "/" + row).toList());
        Path dotted = trained("dotted", shuffled.stream().map(row -> "./audio/../" + row).toList());

        for (Path other : List.of(otherOrder, absolute, dotted)) {
            for (String file : List.of("weights.safetensors", "model.properties", "provenance.properties")) {
                assertThat(other.resolve(file)).hasSameBinaryContentAs(plain.resolve(file));
            }
        }
    }

    /** Names that languages sort and write in capitals in their own ways. */
    @Test
    void theLocaleChangesNothing() throws IOException {
        List<String> names = List.of("1_2", "13_1", "1_4", "i1", "I2", "\u0131_3", "\u00e7\u00e3o", "cao", "z_1");
        for (int i = 0; i < names.size(); i++) {
            String[] cells = rows.get(i).split(",", -1);
            String renamed = "audio/" + names.get(i) + ".ogg";
            Files.move(folder.resolve(cells[0]), folder.resolve(renamed));
            cells[0] = renamed;
            cells[2] = names.get(i);
            rows.set(i, String.join(",", cells));
        }
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.ROOT);
            Path plain = trained("plain", rows);
            for (String language : List.of("pt-BR", "tr-TR")) {
                Locale.setDefault(Locale.forLanguageTag(language));
                Path other = trained(language.toLowerCase(Locale.ROOT), rows);
                for (String file : List.of("weights.safetensors", "model.properties", "provenance.properties", "report.json")) {
                    assertThat(other.resolve(file)).as(language).hasSameBinaryContentAs(plain.resolve(file));
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aManifestOfEachClassGivesTheModelOfTheWholeManifestByteForByte() throws IOException {
        rows.remove(rows.size() - 1);
        Path whole = manifest("whole", rows);
        Path controls = manifest("controls", rows.stream().filter(row -> row.contains(",0,")).toList());
        Path patients = manifest("patients", rows.stream().filter(row -> row.contains(",1,")).toList());
        run(whole, "--models", folder.resolve("one"), "--epochs", 1, "--no-probes");
        run(patients, controls, "--models", folder.resolve("two"), "--epochs", 1, "--no-probes");
        for (String file : List.of("weights.safetensors", "model.properties")) {
            assertThat(folder.resolve("two/spira/000001/files").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("one/spira/000001/files").resolve(file));
        }
    }

    @Test
    void noStoredFileHoldsAnAbsolutePath() throws IOException {
        Path stored = trained("absolute", rows.stream().map(row -> folder.toAbsolutePath() + "/" + row).toList());

        try (var files = Files.walk(stored)) {
            for (Path file : files.filter(Files::isRegularFile).filter(one -> !one.toString().endsWith(".f32")).toList()) {
                assertThat(new String(Files.readAllBytes(file), UTF_8)).as(file.toString()).doesNotContain(folder.toString());
            }
        }
    }
}
