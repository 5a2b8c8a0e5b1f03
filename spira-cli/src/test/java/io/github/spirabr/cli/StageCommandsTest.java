package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stages of an experiment as commands: apart, again, with another setting, killed, and asked to end. */
@Tag("slow")
class StageCommandsTest {

    private static final String SKIPPED = ": skipped, as recordings, settings and code are unchanged";

    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {

        /** Names of the stages that did something. */
        List<String> stages() {
            return err.lines().filter(line -> line.matches("stage [a-z]+")).map(line -> line.substring(6)).toList();
        }
    }

    private static Outcome spira(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        int code = Spira.execute(new PrintWriter(out, true), new PrintWriter(err, true), texts);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** A recording of each of 24 subjects and windows of a second, so that all of it takes seconds. */
    private Path experiment() throws IOException {
        Path audio = Path.of("examples/demo").toAbsolutePath();
        List<String> manifest = Files.readAllLines(audio.resolve("metadata.csv")).stream()
                .filter(line -> line.startsWith("file_path") || line.matches(".*-1\\.[a-z0-9]+,.*"))
                .map(line -> line.replaceFirst("^audio/", audio + "/audio/"))
                .toList();
        return experiment(Files.write(folder.resolve("metadata.csv"), manifest), "{type: subjects}");
    }

    private Path experiment(Path manifest, String split) throws IOException {
        return Files.writeString(folder.resolve("experiment.yaml"), """
                modelName: staged
                models.folder: models
                work.folder: work
                seed: 42
                recordings.manifest: %s
                reader: {type: ffmpeg}
                preprocessing:
                  window: {type: sliding-window, length: 1, step: 2}
                  extract: {type: mfcc}
                split: %s
                probes: [{type: noise-only}, {type: matched-subjects}]
                model: {type: spiraconv-v2}
                training: {type: dl4j, epochs: 2, batchSize: 4, checkpoints.everySteps: 2}
                """.formatted(manifest, split));
    }

    private void assertSameModel(String one, String other) {
        for (String file : List.of("weights.safetensors", "model.properties", "provenance.properties")) {
            assertThat(folder.resolve(one).resolve("000001/files").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve(other).resolve("000001/files").resolve(file));
        }
    }

    @Test
    void stagesRunApartAreSkippedWhenDoneAndRepeatedWhereASettingSaysSo() throws IOException {
        Path experiment = experiment();
        Outcome early = spira("train", experiment);
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err()).endsWith("run stage features first" + System.lineSeparator());

        Outcome features = spira("features", experiment);
        assertThat(features.code()).as(features.err()).isZero();
        assertThat(features.out()).containsPattern("training: data set training-[0-9a-f]{64}\\R"
                + "validation: data set validation-[0-9a-f]{64}\\Rtest: data set test-[0-9a-f]{64}\\R");
        assertThat(folder.resolve("work/features")).isDirectoryContaining(
                path -> path.getFileName().toString().startsWith("test-"));
        Outcome train = spira("train", experiment);
        assertThat(train.code()).as(train.err()).isZero();
        assertThat(train.out()).startsWith("Best epoch: ");
        assertThat(train.stages()).containsExactly("train");
        assertThat(train.err()).doesNotContain("read 24 recordings");
        assertThat(spira("train", experiment, "--json").out()).startsWith("{").contains("\"bestEpoch\" : ");
        Outcome evaluate = spira("evaluate", experiment);
        assertThat(evaluate.code()).as(evaluate.err()).isZero();
        assertThat(evaluate.out()).contains("Test set: ", "accuracy").doesNotContain("Saved");
        Outcome publish = spira("publish", experiment, "--alias", "challenger");
        assertThat(publish.code()).as(publish.err()).isZero();
        assertThat(publish.out()).contains("Saved: staged version 1 in ", "Alias challenger: staged version 1");

        for (String stage : List.of("features", "train", "evaluate", "publish")) {
            Outcome again = spira(stage, experiment);
            assertThat(again.code()).as(stage).isEqualTo(3);
            assertThat(again.err()).contains("stage " + stage + SKIPPED);
            assertThat(again.stages()).isEmpty();
        }
        Outcome alias = spira("publish", experiment, "--alias", "champion");
        assertThat(alias.code()).isZero();
        Outcome run = spira("run", experiment);
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).startsWith("staged version 1 in ").contains("nothing to do").hasLineCount(1);

        // Without a work store, at once, the same bytes come out.
        Outcome atOnce = spira("run", experiment, "--set", "work=", "--models", folder.resolve("at-once"));
        assertThat(atOnce.code()).as(atOnce.err()).isZero();
        assertThat(atOnce.stages()).isEmpty();
        assertSameModel("at-once/staged", "models/staged");

        Outcome decision = spira("run", experiment, "--set", "decision.operatingPoint=youden");
        assertThat(decision.code()).as(decision.err()).isZero();
        assertThat(decision.stages()).containsExactly("evaluate", "publish");
        Outcome name = spira("run", experiment, "--set", "modelName=other");
        assertThat(name.stages()).containsExactly("publish");
        Outcome rate = spira("run", experiment, "--set", "training.epochs=1");
        assertThat(rate.stages()).containsExactly("train", "evaluate", "publish");
        assertThat(rate.err()).contains("stage features" + SKIPPED).doesNotContain("read 24 recordings");
        assertThat(spira("train", experiment, "--again").stages()).containsExactly("train");
    }

    @Test
    void whatIsLostOfTheWorkStoreIsNamedAndComputedAgain() throws IOException {
        Path experiment = experiment();
        assertThat(spira("features", experiment).code()).isZero();
        for (String lost : List.of(
                "features.bin", "index.json", "index.sha256", "rejected.tsv", "manifest.json", "catalog.json")) {
            Path file = newest("training-|features-", lost);
            Files.delete(file);
            Outcome train = spira("train", experiment);
            if (lost.equals("index.json")) {
                // A folder without its index is no data set, and its features are read from the recordings.
                assertThat(train.code()).as(train.err()).isZero();
            } else {
                assertThat(train.code()).as(lost).isEqualTo(1);
                assertThat(train.err()).containsAnyOf(file.toString(), "catalog of model features-")
                        .doesNotContain("stage train");
            }
            Outcome features = spira("features", experiment);
            assertThat(features.code()).as(features.err()).isZero();
            assertThat(features.stages()).containsExactly("features");
            assertThat(spira("features", experiment).code()).as(lost).isEqualTo(3);
            assertThat(newest("training-|features-", lost)).isRegularFile();
        }
    }

    /** Returns the file of this name in the work store whose version is the newest. */
    private Path newest(String kind, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("work"))) {
            return files.filter(file -> file.endsWith(name) && file.toString().matches(".*/(" + kind + ")[0-9a-f]{64}/.*"))
                    .max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    @Test
    void whatChangedIsSeenWhateverTheTimesOfTheFilesSay() throws IOException {
        Path experiment = experiment();
        FileTime time = Files.getLastModifiedTime(experiment);
        assertThat(spira("features", experiment).code()).isZero();
        assertThat(spira("features", experiment).code()).isEqualTo(3);
        Files.writeString(experiment, Files.readString(experiment).replace("step: 2", "step: 3"));
        Files.setLastModifiedTime(experiment, time);
        assertThat(spira("features", experiment).stages()).containsExactly("features");

        Path manifest = folder.resolve("metadata.csv");
        List<String> lines = Files.readAllLines(manifest);
        String known = lines.get(1).substring(0, lines.get(1).indexOf(','));
        Path voice = Files.copy(Path.of(known), folder.resolve("voice.ogg"));
        Files.writeString(manifest, Files.readString(manifest).replace(known, voice.toString()));
        assertThat(spira("features", experiment).code()).isZero();
        FileTime recorded = Files.getLastModifiedTime(voice);
        Files.copy(Path.of(known.replaceFirst("-1[.][a-z0-9]+$", "-2.ogg")), voice, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(voice, recorded);
        assertThat(spira("features", experiment).stages()).containsExactly("features");
    }

    /** Real speech of six people, two of them held out. */
    @Test
    void whatChangedIsRepeatedOnRealSpeech() throws IOException {
        Path speech = Path.of("../shared/data/pause-speech").toAbsolutePath().normalize();
        assumeTrue(Files.isRegularFile(speech.resolve("metadata.csv")), "needs the data set pause-speech in " + speech
                + ", which is not part of this project; ask its maintainers for it");
        List<String> manifest = Files.readAllLines(speech.resolve("metadata.csv")).stream()
                .filter(line -> line.startsWith("file_path") || line.matches(".*-00[0-3]\\..*"))
                .map(line -> line.replaceFirst("^audio/", speech + "/audio/"))
                .toList();
        assertThat(manifest).hasSize(1 + 2 * 6 * 4);
        Path experiment = experiment(Files.write(folder.resolve("speech.csv"), manifest),
                "{type: held-out, validation: [jackson], test: [george]}");
        assertThat(spira("run", experiment).stages()).containsExactly("features", "train", "evaluate", "publish");
        assertThat(spira("run", experiment).code()).isEqualTo(3);
        assertThat(spira("run", experiment, "--set", "decision.operatingPoint=youden").stages())
                .containsExactly("evaluate", "publish");
        assertThat(spira("run", experiment, "--set", "seed=7").stages())
                .containsExactly("train", "evaluate", "publish");
    }

    @Test
    void stagesThatRunByThemselvesNeedAWorkStore() throws IOException {
        Outcome none = spira("train", experiment(), "--set", "work=");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("stage train must have a work store to run alone");
        Outcome place = spira("train", experiment(), "--work", "http://somewhere/else");
        assertThat(place.code()).isEqualTo(1);
        assertThat(place.err()).contains("'http://somewhere/else' needs a module for http:// on the class path; add it,"
                + " or give one of the known locations, which are folders and s3://");
    }

    private ProcessOutput start(Path experiment, String models, String work) throws IOException {
        return ProcessOutput.of(new ProcessBuilder(ProcessOutput.spira("run", experiment, "--log-level", "debug",
                "--models", folder.resolve(models), "--work", folder.resolve(work))));
    }

    @Test
    @Timeout(900)
    void aRunThatIsKilledInAnyStageEndsWithTheBitsOfOneThatNeverWas() throws Exception {
        Path experiment = experiment();
        try (ProcessOutput whole = start(experiment, "whole", "whole-work")) {
            String output = whole.toEnd();
            assertThat(whole.process().exitValue()).as(output).isZero();
        }
        for (String moment : List.of(
                "stage features", "stage train", "checkpoint after 2 steps", "stage evaluate", "stage publish")) {
            try (ProcessOutput killed = start(experiment, "killed", "killed-work")) {
                killed.killAt(moment);
            }
        }
        try (ProcessOutput last = start(experiment, "killed", "killed-work")) {
            String output = last.toEnd();
            // The last kill may have come after the model was saved.
            assertThat(last.process().exitValue()).as(output).isIn(0, Spira.NOTHING_TO_DO);
        }
        assertSameModel("killed/staged", "whole/staged");
    }

    @Test
    @Timeout(900)
    void aRecordingThatIsAddedAfterAKillBeginsATrainingOfItsOwn() throws Exception {
        Path experiment = experiment();
        try (ProcessOutput killed = start(experiment, "models", "work")) {
            assertThat(killed.killAt("epoch 1/2: ")).contains("stage train");
        }
        Path manifest = folder.resolve("metadata.csv");
        String more = Files.readAllLines(manifest).get(1).replaceFirst("-1[.][a-z0-9]+,", "-2.ogg,");
        Files.writeString(manifest, more + System.lineSeparator(), StandardOpenOption.APPEND);
        try (ProcessOutput grown = start(experiment, "models", "work")) {
            String output = grown.toEnd();
            assertThat(grown.process().exitValue()).as(output).isZero();
            assertThat(output).contains("25 recordings of 24 subjects", "stage features" + System.lineSeparator(), "epoch 1/2: ")
                    .doesNotContain("going on in epoch");
        }
        try (ProcessOutput whole = start(experiment, "whole", "whole-work")) {
            String output = whole.toEnd();
            assertThat(whole.process().exitValue()).as(output).isZero();
        }
        assertSameModel("models/staged", "whole/staged");
    }

    @Test
    @Timeout(900)
    void aRunThatIsAskedToEndKeepsACheckpointAndSaysSo() throws Exception {
        Path experiment = experiment();
        Files.writeString(experiment, Files.readString(experiment).replace("epochs: 2", "epochs: 300"));
        for (String signal : List.of("INT", "TERM")) {
            try (ProcessOutput output = start(experiment, "models", "work-" + signal)) {
                output.awaitLine("epoch 1/300");
                Process process = output.process();
                assumeTrue(hears(process, signal), "signal " + signal + " is ignored here");
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
                String told = output.toEnd();
                assertThat(process.exitValue()).as(told).isEqualTo(signal.equals("INT") ? 130 : 143);
                assertThat(told).contains("spira: asked to end")
                        .containsPattern("the training was interrupted after \\d+ steps; run it again with the same checkpoints");
                assertThat(folder.resolve("models")).doesNotExist();
            }
        }
        try (ProcessOutput goingOn = start(experiment, "models", "work-TERM")) {
            String told = goingOn.killAt("going on in epoch");
            assertThat(told).contains("stage features" + SKIPPED)
                    .containsPattern("going on in epoch [12], after \\d+ steps");
        }
    }

    /** A process inherits from its parent which signals it ignores. */
    private static boolean hears(Process process, String signal) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        int number = signal.equals("INT") ? 2 : 15;
        return Files.isReadable(status) && Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .noneMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> (number - 1) & 1) == 1);
    }
}
