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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SpiraTest {

    private static final Path DEMO = Path.of("examples/demo");

    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    private static Outcome spira(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int code = Spira.execute(new PrintWriter(out, true), new PrintWriter(err, true), texts);
        return new Outcome(code, out.toString(), err.toString());
    }

    private Outcome run(String manifest) throws IOException {
        Path file = Files.writeString(folder.resolve("metadata.csv"), manifest);
        return spira("run", file, "--models", folder.resolve("models"));
    }

    /** One line, no stack trace, exit code 1, and nothing saved. */
    private void assertRefused(Outcome outcome, String... parts) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(1);
        // Before it there may be progress, of which nothing is called an error or a stack trace.
        List<String> lines = outcome.err().lines().toList();
        assertThat(lines.get(lines.size() - 1)).startsWith("spira: ").contains(parts);
        assertThat(lines.subList(0, lines.size() - 1)).noneMatch(line -> line.startsWith("spira: ") || line.startsWith("\tat "));
        assertThat(folder.resolve("models")).doesNotExist();
    }

    private String demo(String name) {
        return DEMO.resolve("audio").resolve(name).toAbsolutePath().toString();
    }

    @Test
    void readingTheOptionsOfTheLogChangesNothingYet() {
        String before = System.getProperty(LogLevel.PROPERTY);
        Spira.commandLine().parseArgs("-v", "--log-level", "trace", "doctor");
        assertThat(System.getProperty(LogLevel.PROPERTY)).isEqualTo(before);
    }

    @Test
    void theMainJobTrainsEvaluatesSavesAndPredicts() throws IOException {
        Path models = folder.resolve("models");
        Path page = folder.resolve("page.html");
        Outcome run = spira("run", DEMO.resolve("metadata.csv"), "--models", models, "--epochs", 1, "--report", page);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains(
                "96 recordings of 24 subjects",
                "training 691,613 parameters for 1 epochs of 7 steps",
                "epoch 1/1: training loss");
        assertThat(run.out()).startsWith(System.lineSeparator() + "Test set: ").contains(
                "Test set: 16 recordings of 4 subjects not seen in training",
                "called patient",
                "accuracy",
                "sensitivity",
                "specificity",
                "Saved: spira version 1 in " + models.toAbsolutePath(),
                "Report: report.html, report.json and model-card.md are saved with it",
                "Report with time and machine: " + page,
                "The saved model on a held-out recording");
        Outcome again = spira("run", DEMO.resolve("metadata.csv"), "--models", models, "--epochs", 1, "--threads", 1,
                "--again");
        assertThat(again.code()).isZero();
        Outcome done = spira("run", DEMO.resolve("metadata.csv"), "--models", models, "--epochs", 1);
        assertThat(done.code()).isEqualTo(3);
        assertThat(done.out()).startsWith("spira version 2 in ").contains("nothing to do").hasLineCount(1);
        for (String file : List.of("files/weights.safetensors", "files/model.properties",
                "files/provenance.properties", "files/report.html", "files/report.json", "files/model-card.md")) {
            assertThat(models.resolve("spira/000002").resolve(file))
                    .hasSameBinaryContentAs(models.resolve("spira/000001").resolve(file));
        }

        assertReported(models, page);

        Outcome predict = spira("predict", "--models", models, demo("subject-15-1.ogg"));
        assertThat(predict.code()).as(predict.err()).isZero();
        assertThat(predict.out()).hasLineCount(3)
                .startsWith("# spira version 2 (the newest; no version is the champion); for research, no medical finding");
        String row = predict.out().lines().toList().get(2);
        String told = run.out().lines().filter(line -> line.contains("subject-15-1.ogg: ")).findFirst().orElseThrow();
        assertThat(told).contains("probability " + row.split(" {2,}")[2] + " (windows: " + row.split(" {2,}")[3].strip() + ")");
        aFolderIsAnsweredInJsonLines(models);
    }

    private void aFolderIsAnsweredInJsonLines(Path models) throws IOException {
        Path some = Files.createDirectories(folder.resolve("some/deeper"));
        Files.copy(Path.of(demo("subject-15-1.ogg")), some.resolve("b.ogg"));
        Files.copy(Path.of(demo("subject-15-2.ogg")), folder.resolve("some/a.ogg"));
        Files.writeString(folder.resolve("some/c.wav"), "no audio");
        Files.writeString(folder.resolve("some/notes.txt"), "no audio either, and it does not claim to be");
        Outcome outcome = spira("predict", "--models", models, "--json", folder.resolve("some"));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("spira version 2 (the newest; no version is the champion) answers")
                .contains("spira: recording ", "c.wav", "left out, without audio: 1 (", "notes.txt").hasLineCount(3);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : outcome.out().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines).extracting(line -> line.get("recording").asText()).containsExactly(
                folder.resolve("some/a.ogg").toString(), folder.resolve("some/c.wav").toString(), some.resolve("b.ogg").toString());
        assertThat(lines.get(0).get("version").asInt()).isEqualTo(2);
        assertThat(lines.get(0).get("probability").asDouble()).isBetween(0.0, 1.0);
        assertThat(lines.get(0).get("windows")).isNotEmpty();
        assertThat(lines.get(1).get("error").asText()).contains("c.wav");
        Outcome empty = spira("predict", "--models", models, Files.createDirectories(folder.resolve("empty")));
        assertThat(empty.code()).isEqualTo(1);
        assertThat(empty.err()).contains("holds no audio file").hasLineCount(1);
    }

    private void assertReported(Path models, Path page) throws IOException {
        Path stored = models.resolve("spira/000001/files/report.html");
        assertThat(stored).content().contains("Tested on 16 recordings of 4 subjects", "Imprecise.")
                .doesNotContain(folder.toString(), "Begun");
        assertThat(page).content().contains("Begun", System.getProperty("java.version"), "Imprecise.");
        Path out = folder.resolve("report.html");
        assertThat(spira("models", "report", "spira", 2, "--models", models, "--out", out).out())
                .startsWith("The report of spira version 2 is in ").contains(out.toString());
        assertThat(out).hasSameBinaryContentAs(stored);
        assertThat(spira("models", "report", "spira", 2, "--models", models, "--out", folder.resolve("card.md")).code())
                .isZero();
        assertThat(folder.resolve("card.md")).content().startsWith("# Model card: spira");
    }

    @Test
    void aReportThatCannotBeWrittenIsRefusedBeforeAnythingIsTrained() {
        assertRefused(spira("run", DEMO.resolve("metadata.csv"), "--models", folder.resolve("models"), "--report",
                folder.resolve("none/page.html")), "there is no folder " + folder.resolve("none"), "make it first");
        assertRefused(spira("run", DEMO.resolve("metadata.csv"), "--models", folder.resolve("models"), "--report",
                folder.resolve("page.pdf")), "ends in .html", "page.pdf");
    }

    @Test
    void aMissingManifest() {
        assertRefused(spira("run", folder.resolve("none.csv"), "--models", folder.resolve("models")), "none.csv");
    }

    @Test
    void anEmptyManifest() throws IOException {
        assertRefused(run(""), "metadata.csv", "empty");
    }

    @Test
    void aMissingColumn() throws IOException {
        assertRefused(run("file_path,subject\na.wav,s\n"), "class", "found 'file_path', 'subject'");
    }

    @Test
    void allMissingFilesAreListed() throws IOException {
        assertRefused(run("file_path,class\nno.wav,0\n" + demo("subject-15-1.ogg") + ",1\nnone.wav,1\n"),
                "no.wav", "none.wav", "line 2", "line 4");
    }

    @Test
    void aWrongEndingInEachRowIsToldInAFewLines() throws IOException {
        int rows = 10_000;
        StringBuilder manifest = new StringBuilder("file_path,class\n");
        for (int i = 0; i < rows; i++) {
            Files.createFile(folder.resolve("voz" + i + ".wav"));
            manifest.append("voz").append(i).append(".mp3,").append(i % 2).append('\n');
        }
        Outcome run = run(manifest.toString());
        assertRefused(run, "10000 of 10000 audio files do not exist", "'voz0.mp3' (line 2)", "'voz4.mp3' (line 6)",
                "there is 'voz0.wav'");
        assertThat(run.err().lines()).hasSizeLessThan(20);
    }

    @Test
    void aClassThatIsNone() throws IOException {
        assertRefused(run("file_path,class\n" + demo("subject-15-1.ogg") + ",2\n"), "line 2", "'2'", "0", "1");
    }

    @Test
    void onlyOneClass() throws IOException {
        assertRefused(run("file_path,class\n" + demo("subject-15-1.ogg") + ",1\n"), "class 0 (CONTROL)");
    }

    @Test
    void tooFewSubjects() throws IOException {
        assertRefused(run("file_path,class\n" + demo("subject-15-1.ogg") + ",1\n" + demo("subject-15-2.ogg") + ",0\n"),
                "set has no recording of class", "add subjects");
    }

    @Test
    void filesThatAreNoAudioAreAllListed() throws IOException {
        StringBuilder manifest = new StringBuilder("file_path,class\n");
        for (int i = 0; i < 10; i++) {
            Files.writeString(folder.resolve("text" + i + ".wav"), "this is no audio but a text of some length " + i);
            manifest.append("text").append(i).append(".wav,").append(i % 2).append('\n');
        }
        assertRefused(run(manifest.toString()), "recording text0.wav: this is no audio file", "recording text9.wav");
    }

    @Test
    void aModelThatIsNotThereIsAFailureAndNoWrongUsage() throws IOException {
        Path text = Files.writeString(folder.resolve("text.wav"), "no audio");
        Outcome none = spira("predict", "--models", folder.resolve("models"), text);
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).startsWith("spira: there is no model in ").contains("spira run", "--models");
        Outcome noAlias = spira("predict", "--models", folder.resolve("models"), "--name", "ward", "--alias", "champion", text);
        assertThat(noAlias.code()).isEqualTo(1);
        assertThat(noAlias.err()).startsWith("spira: no version of 'ward'").contains("has the alias 'champion'");
        assertThat(spira("predict", "--alias", "champion", "--version-number", "1", text).code()).isEqualTo(2);
    }

    @Test
    void wrongUsageIsToldApart() {
        assertThat(spira("run").code()).isEqualTo(2);
        assertThat(spira("run", "x.csv", "--epoch", 3).err()).contains("Unknown option", "--epoch");
        assertThat(spira("run", "x.csv", "--test-subjects", "a").err()).contains("go together");
        assertThat(spira("run", "x.csv", "--epochs", 0).err()).contains("epochs must be at least 1");
    }

    @Test
    void everyCommandExplainsItself() {
        assertThat(spira().out()).contains("Usage: spira", "run", "predict", "no medical device");
        assertThat(spira("run", "--help").out()).contains("FILE", "--epochs", "30");
        assertThat(spira("predict", "--help").out()).contains("AUDIO");
    }

    @Test
    void aStackTraceIsThereForThoseWhoAsk() {
        Outcome outcome = spira("run", folder.resolve("none.csv"), "--stacktrace");
        assertThat(outcome.err()).contains("\tat io.github.spirabr");
    }
}
