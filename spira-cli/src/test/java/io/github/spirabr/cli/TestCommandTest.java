package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code spira test} with one small model, of the demo's recordings. */
@Tag("slow")
class TestCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static List<String> rows;
    private static List<String> held;

    private record Outcome(int code, String out, String err) {}

    private static Outcome spira(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Spira.execute(new PrintWriter(out, true), new PrintWriter(err, true),
                Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    private static Path list(String name, Predicate<String> rowsOf) throws IOException {
        List<String> lines = new ArrayList<>(List.of(rows.get(0)));
        rows.stream().skip(1).filter(rowsOf).forEach(lines::add);
        return Files.write(folder.resolve(name), lines);
    }

    @BeforeAll
    static void train() throws IOException {
        Path demo = Path.of("examples/demo").toAbsolutePath();
        rows = Files.readAllLines(demo.resolve("metadata.csv")).stream()
                .map(line -> line.replaceFirst("^audio/", demo + "/audio/")).toList();
        Path manifest = list("all.csv", row -> true);
        Path experiment = Files.writeString(folder.resolve("experiment.yaml"), """
                modelName: small
                models.folder: models
                seed: 3
                recordings.manifest: %s
                %s
                split: {type: subjects}
                probes: []
                training: {type: dl4j, epochs: 1, batchSize: 8}
                """.formatted(manifest, SmallExperiment.PARTS));
        Outcome run = spira("run", experiment);
        assertThat(run.code()).as(run.err()).isZero();
        held = new ArrayList<>();
        stored().at("/split/test/subjects").forEach(one -> held.add(one.asText()));
    }

    private static JsonNode stored() throws IOException {
        return JSON.readTree(folder.resolve("models/small/000001/files/report.json").toFile());
    }

    private static boolean isHeldOut(String row) {
        return held.stream().anyMatch(subject -> List.of(row.split(",")).contains(subject));
    }

    @Test
    void theTestSetGivesTheMetricsOfTheRunAndAPage() throws IOException {
        Path list = list("held.csv", TestCommandTest::isHeldOut);
        Outcome test = spira("test", "small", 1, list, "--models", folder.resolve("models"), "--out", folder.resolve("report"));
        assertThat(test.code()).as(test.err()).isZero();
        assertThat(test.out()).contains("small version 1 on ", "AUROC", "Recalibration, for information: intercept", "Input against the "
                + "training set: ", "New to the model: compared with the sounds of ").doesNotContain("WARNING: ");
        JsonNode report = JSON.readTree(folder.resolve("report/report.json").toFile());
        assertThat(report.at("/figures/byRecording/metrics")).isEqualTo(stored().at("/figures/byRecording/metrics"));
        assertThat(report.at("/figures/bySubject/metrics")).isEqualTo(stored().at("/figures/bySubject/metrics"));
        assertThat(report.at("/groups")).isEqualTo(stored().at("/groups"));
        assertThat(report.at("/recordings")).isEqualTo(stored().at("/recordings"));
        assertThat(report.at("/external/drift/trainingRecordings").asInt()).isPositive();
        assertThat(report.at("/probes")).hasSize(4);
        assertThat(Files.readString(folder.resolve("report/report.html"))).contains("External validation of a stored model",
                "Clinical use", "Input against the training set", "New to the model.");
        assertThat(folder.resolve("models/small/000002")).doesNotExist();
    }

    @Test
    void knownSubjectsAndReencodedRecordingsAreRefused() throws Exception {
        String row = rows.stream().skip(1).filter(one -> !isHeldOut(one) && one.contains(".wav")).findFirst().orElseThrow();
        Path known = list("known.csv", one -> isHeldOut(one) || one.equals(row));
        Outcome refused = spira("test", "small", 1, known, "--models", folder.resolve("models"));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("the data set must be new to small version 1", "has the name of one of its subjects",
                "has the bytes of one of its recordings", "--names-apart");

        String file = row.split(",")[0];
        Path copy = folder.resolve("copy.wav");
        try (AudioInputStream in = AudioSystem.getAudioInputStream(Path.of(file).toFile())) {
            in.skip(in.getFormat().getFrameSize() * 100L);
            AudioSystem.write(new AudioInputStream(in, in.getFormat(), in.getFrameLength() - 100), AudioFileFormat.Type.WAVE,
                    copy.toFile());
        }
        String renamed = row.replace(file, copy.toString());
        List<String> lines = new ArrayList<>(Files.readAllLines(list("held.csv", TestCommandTest::isHeldOut)));
        lines.add(renamed);
        Path disguised = Files.write(folder.resolve("disguised.csv"), lines);
        Outcome found = spira("test", "small", 1, disguised, "--models", folder.resolve("models"), "--names-apart", "--no-probes");
        assertThat(found.code()).isEqualTo(1);
        assertThat(found.err()).contains("copy.wav").contains("of its recordings").doesNotContain("has the bytes");
    }

    @Test
    void severalListsGiveATableInWhichKnownOnesAreLeftOut() throws IOException {
        Path list = list("held.csv", TestCommandTest::isHeldOut);
        Outcome matrix = spira("test", "small", 1, list, folder.resolve("all.csv"), "--models", folder.resolve("models"),
                "--no-probes", "--out", folder.resolve("matrix"));
        assertThat(matrix.code()).as(matrix.err()).isZero();
        assertThat(matrix.out()).contains("held.csv").contains("not tested: trained on ");
        JsonNode cells = JSON.readTree(folder.resolve("matrix/report.json").toFile()).get("cells");
        assertThat(cells).hasSize(2);
        assertThat(cells.get(0).at("/recording/auroc/value").asDouble())
                .isEqualTo(stored().at("/figures/byRecording/metrics/auroc/value").asDouble());
        assertThat(cells.get(0).at("/seen").asText()).isEmpty();
        assertThat(cells.get(1).at("/seen").asText()).contains("subject");
        assertThat(cells.get(1).has("recording")).isFalse();
        assertThat(Files.readString(folder.resolve("matrix/report.html"))).contains("seen");
    }

    @Test
    void aMistypedFurtherModelIsWrongUsage() {
        Outcome wrong = spira("test", "small", 1, "x.csv", "--models", folder.resolve("models"), "--also", "small");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--also must be NAME/VERSION, such as spira/3, but was 'small'");
    }
}
