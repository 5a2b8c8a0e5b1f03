package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.ExperimentParts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ExperimentCommandsTest {

    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    private static Outcome spira(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        int code = Spira.execute(new PrintWriter(out, true), new PrintWriter(err, true), texts);
        return new Outcome(code, out.toString(), err.toString());
    }

    private Path experiment() throws IOException {
        return Files.writeString(folder.resolve("experiment.yaml"), """
                modelName: from-a-file
                models.folder: models
                seed: 42
                recordings.manifest: %s
                reader: {type: ffmpeg}
                preprocessing:
                  window: {type: sliding-window, length: 4, step: 1}
                  extract: {type: mfcc}
                model: {type: spiraconv-v2}
                training:
                  type: dl4j
                  epochs: 30
                  optimizer: {type: adam, learningRate: 0.001, weightDecay: 0.01}
                  schedule: {type: noam, warmupSteps: 100}
                """.formatted(Path.of("examples/demo/metadata.csv").toAbsolutePath()));
    }

    /** Some recordings of each subject of the demo, by their numbers. */
    private Path everySubjects(String numbers) throws IOException {
        Path demo = Path.of("examples/demo").toAbsolutePath();
        return Files.write(folder.resolve("some.csv"), Files.readAllLines(demo.resolve("metadata.csv")).stream()
                .filter(line -> line.startsWith("file_path") || line.matches(".*-" + numbers + "\\.[a-z0-9]+,.*"))
                .map(line -> line.replaceFirst("^audio/", demo + "/audio/"))
                .toList());
    }

    @Test
    void anExperimentGivesTheModelThatTheSameOptionsGive() throws IOException {
        Outcome run = spira("run", experiment(), "--set", "training.epochs=1", "--set", "threads=1",
                "--set", "probes=[{type: noise-only}]");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("96 recordings of 24 subjects");
        assertThat(run.out()).contains("Test set: ", "Probes: ", "noise-only", "Saved: from-a-file version 1",
                "The saved model on a held-out recording");
        Outcome options = spira("run", "examples/demo/metadata.csv", "--epochs", 1, "--models", folder.resolve("models"), "--name", "b",
                "--no-probes");
        assertThat(options.code()).as(options.err()).isZero();
        assertThat(folder.resolve("models/from-a-file/000001/files/weights.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("models/b/000001/files/weights.safetensors"));
        startFromStoredWeights(experiment());
    }

    private void startFromStoredWeights(Path experiment) throws IOException {
        ExperimentFile file = ExperimentFile.at(experiment)
                .set("training.pretrained={weights: base, reinitialise: [output]}");
        Experiment tuned = file.set("pretrained.base.version=1").read();
        ExperimentParts parts = ExperimentParts.of(tuned);
        assertThat(parts.trainer().description().settings()).containsEntry("pretrained.weights", "base")
                .containsEntry("pretrained.reinitialise", List.of("output")).containsKey("pretrained.sha256");
        Path complete = folder.resolve("complete.yaml");
        ExperimentFile.write(parts.withDefaults(), complete);
        assertThat(ExperimentParts.of(ExperimentFile.at(complete).read()).trainer().description())
                .isEqualTo(parts.trainer().description());
        assertThatThrownBy(() -> file.set("pretrained.base.version=2").read())
                .hasMessageContaining("pretrained.base: ").hasMessageContaining("from-a-file");
        assertThatThrownBy(() -> file.set("pretrained.base.alias=champion").read()).hasMessageContaining("pretrained.base: no"
                + " version of 'from-a-file' in " + folder.resolve("models") + " has the alias 'champion'; the model has the aliases []");
        assertThatThrownBy(() -> file.read()).hasMessageContaining("training.pretrained.weights");
        assertThat(file.set("pretrained.base.alias=champion").withoutFiles().read().pretrained()).containsOnlyKeys("base");
        startFromAFile(file);
    }

    /** The model's weights as a file, whose training subjects are unknown. */
    private void startFromAFile(ExperimentFile file) throws IOException {
        Path weights = folder.resolve("base.safetensors");
        Outcome export = spira("models", "export", "from-a-file", 1, "--models", folder.resolve("models"), "--to", weights);
        assertThat(export.code()).as(export.err()).isZero();
        assertThat(export.out()).contains("wrote version 1 of from-a-file to " + weights + ", and its description to " + weights
                + ".json");
        assertThat(weights).hasSameBinaryContentAs(folder.resolve("models/from-a-file/000001/files/weights.safetensors"));
        assertThat(folder.resolve("base.safetensors.json")).content().contains("\"model.type\" : \"spiraconv-v2\"");
        Outcome tuned = spira("run", folder.resolve("experiment.yaml"), "--set", "pretrained.base.file=" + weights, "--set",
                "training.pretrained.weights=base", "--set", "training.epochs=1", "--set", "probes=[]", "--set", "modelName=tuned");
        assertThat(tuned.code()).as(tuned.err()).isZero();
        assertThat(tuned.out() + tuned.err()).contains("whose training subjects are not known");
        assertThatThrownBy(() -> file.set("pretrained.base={file: base.safetensors, version: 1}").read())
                .hasMessageContaining("pretrained.base: must have a file or a stored model, but has both");
        assertThatThrownBy(() -> file.set("pretrained.base.file=none.safetensors").read())
                .hasMessageContaining("pretrained.base: the file of weights ").hasMessageContaining("none.safetensors");
        assertThatThrownBy(() -> file.set("pretrained.base.file=experiment.yaml").read())
                .hasMessageContaining("must have a name that ends in .safetensors, but was");
        Files.write(weights, new byte[100]);
        assertThatThrownBy(() -> file.set("pretrained.base.file=" + weights).read())
                .hasMessageContaining("base.safetensors must be a whole file of the safetensors format, but");
        Outcome other = spira("models", "export", "from-a-file", 1, "--models", folder.resolve("models"), "--to", "base.pt");
        assertThat(other.code()).isNotZero();
        assertThat(other.err()).contains("--to must be a file that ends in .safetensors or .onnx, but was base.pt");
    }

    /** Every random part of the library at once, on speech: what each draws must not hang on who draws first. */
    @Test
    void oneThreadAndEightGiveTheSameModelBitForBit() throws IOException {
        Path experiment = Files.writeString(folder.resolve("random.yaml"), """
                models.folder: models
                recordings.manifest: %2$s
                probes: []
                noises: {ward: {list: %1$s/noises.csv, trainingShare: 0.7}}
                reader: {type: ffmpeg}
                preprocessing:
                  augment:
                    - {type: noise-insertion, noises: ward/training, perControl: 2, perPatient: 1,
                       amplitude: {min: 0.05, max: 0.2}}
                    - {type: gain, decibels: {min: -6, max: 6}}
                    - {type: time-shift, greatest: 0.5}
                    - {type: speed-change, factor: {min: 0.9, max: 1.1}}
                    - {type: band-pass, centre: {min: 500, max: 2000}}
                  window: {type: random-window, length: 4, step: 1}
                  extract: {type: mfcc}
                  augmentFeatures: [{type: spec-augment}]
                evaluation: [{type: noise-in-every-recording, noises: ward/evaluation, count: 1,
                  amplitude: {min: 0.05, max: 0.2}}]
                model: {type: spiraconv-v2}
                training: {type: dl4j, epochs: 2, augmentBatches: [{type: mixup, alpha: 0.2}]}
                """.formatted(Path.of("examples/demo").toAbsolutePath(), everySubjects("[12]")));
        for (int threads : new int[] {1, 8}) {
            Outcome run = spira("run", experiment, "--set", "threads=" + threads, "--set", "modelName=on-" + threads);
            assertThat(run.code()).as(run.err()).isZero();
        }
        for (String file : List.of("weights.safetensors", "model.properties", "provenance.properties")) {
            assertThat(folder.resolve("models/on-8/000001/files").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("models/on-1/000001/files").resolve(file));
        }
    }

    @Test
    void wholeRecordingsAreForNetworksThatTakeAnyLength() throws IOException {
        String window = "preprocessing.window={type: whole-recording, atLeast: 4}";
        String few = "recordings.manifest=" + everySubjects("1");
        Outcome refused = spira("run", experiment(), "--set", window, "--set", few, "--set", "training.epochs=1");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).endsWith("spira: the windows of whole-recording are of several lengths, but the network"
                + " spiraconv-v2 takes one length only; choose a network that averages over time, or windows of one length\n");
        assertThat(refused.err()).doesNotContain("read 24 recordings");
        Outcome run = spira("run", experiment(), "--set", window, "--set", few, "--set", "training.epochs=1",
                "--set", "model={type: spiraconv-v4, averagePooling: 8}", "--set", "probes=[{type: noise-only}]");
        assertThat(run.code()).as(run.err()).isZero();
        // One window for each recording, however long: the probability of the recording is that of its window.
        assertThat(run.out()).containsPattern("probability (0\\.\\d+) \\(windows: \\1\\)");
    }

    @Test
    void oneExperimentIsRepeatedWithSeveralSeeds() throws IOException {
        Outcome run = spira("repeat", experiment(), "--set", "training.epochs=1", "--set", "probes=[]", "--seeds", "1,2",
                "--at-a-time", 2, "--set", "preprocessing.window.step=4");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("2 trainings: 1 fold, seeds [1, 2]", "from-a-file-seed-1", "from-a-file-seed-2",
                "all models together", "  auroc ");
        Outcome both = spira("repeat", experiment(), "--folds", 3, "--leave-out", "sex");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("--folds and --leave-out are two ways to split; give one of them");
    }

    @Test
    void aFaultyExperimentIsRefusedWithAllItsFaults() throws IOException {
        Outcome run = spira("run", experiment(), "--set", "training.epochs=none", "--set", "modle.type=x");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("has 2 faults:", "--set training.epochs=none: training.epochs must be an integer",
                "modle is unknown", "did you mean 'model'?");
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void optionsOfTheOtherKindAreWrongUsage() throws IOException {
        Outcome experiment = spira("run", experiment(), "--epochs", 3);
        assertThat(experiment.code()).isEqualTo(2);
        assertThat(experiment.err()).contains("--epochs is for a manifest; an experiment takes settings, such as --set seed=1");
        Outcome manifest = spira("run", "examples/demo/metadata.csv", "--set", "seed=1");
        assertThat(manifest.code()).isEqualTo(2);
        assertThat(manifest.err()).contains("--set is for an experiment (.yaml)");
        Outcome two = spira("run", "examples/demo/metadata.csv", experiment());
        assertThat(two.code()).isEqualTo(2);
        assertThat(two.err()).contains("an experiment is run alone, but there are 2 parameters; remove the others");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "features", "train", "repeat", "retrain"})
    void eachCommandTakesTheColumnsOfAnExperimentsManifest(String command) throws IOException {
        Outcome outcome = spira(command, experiment(), "--set", "work.folder=work", "--class-column", "unknown");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("there is no column 'unknown'");
        Outcome wrong = spira(command, experiment(), "--subject-pattern", "(");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--subject-pattern (: ", "must be a regular expression, but was '('").doesNotContain("--set");
    }

    @Test
    void aPublishedConfigurationBecomesAnExperiment() throws IOException {
        Path config = Files.writeString(folder.resolve("config.json"), """
                { "model_name": "spiraconv_v2", // the usual one
                  "dataset": {"split_wav_using_overlapping": true, "window_len": 3, "step": 1, "max_seq_len": null,
                    "train_csv": "train.csv", "eval_csv": "eval.csv", "test_csv": "test.csv"},
                  "train_config": {"epochs": 7, "flavour": "sweet"} }
                """);
        Outcome printed = spira("import-config", config);
        assertThat(printed.code()).as(printed.err()).isZero();
        assertThat(printed.out()).contains("  training: train.csv\n", "    length: 3\n", "  epochs: 7\n");
        assertThat(printed.err().lines()).containsExactly(
                config + ":2: not carried over: dataset.max_seq_len = null; has no effect here: the length is learned from the"
                        + " training set",
                config + ":4: not carried over: train_config.flavour = sweet; the key is unknown");
        Path target = folder.resolve("imported.yaml");
        assertThat(spira("import-config", config, "--to", target).code()).isZero();
        assertThat(Files.readString(target)).isEqualTo(printed.out());
        assertThat(spira("run", target).err()).contains("recordings.training: there is no file " + folder.resolve("train.csv"));
        assertThat(spira("import-config", folder.resolve("none.json")).code()).isEqualTo(2);
    }
}
