package io.github.spirabr.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.spirabr.config.Experiment.CacheFolder;
import io.github.spirabr.config.Experiment.EventFolder;
import io.github.spirabr.config.Experiment.KeyListing;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.pipeline.TaskTraining;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.storage.EventFormat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFileTest {

    private static final String SOUND = """
            models.folder: models
            recordings: {manifest: metadata.csv}
            reader: {type: any}
            preprocessing:
              augment: [{type: any, number: 1}, {type: any, number: 2, group: {text: x, deep.number: 3}}]
              window: {type: any, text: w, number: 4}
              extract: {type: any}
            split: {type: any}
            model: {type: any}
            training: {type: any, whole: 5}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void realPath() throws IOException {
        folder = folder.toRealPath();
        write("sound.yaml", SOUND);
    }

    private Path write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(folder.resolve(name), text);
    }

    private ExperimentFile file(String text) throws IOException {
        return ExperimentFile.at(write("experiment.yaml", text)).environment(Map.of("HOME_OF", "/data")).withoutFiles();
    }

    private Experiment read(String text) throws IOException {
        return file(text).read(AnyParts.components());
    }

    private static Object setting(Experiment experiment, int augmentation, String name) {
        return experiment.preprocessing().augment().get(augmentation).settings().get(name);
    }

    @Test
    void aFileExtendsAnotherNameByName() throws IOException {
        Experiment experiment = read("""
                extends: sound.yaml
                seed: 7
                training: {whole: 6, flag: true}
                """);
        assertThat(experiment.seed()).isEqualTo(7);
        assertThat(experiment.training().settings()).isEqualTo(Map.of("whole", 6, "flag", true));
        assertThat(experiment.preprocessing().augment()).hasSize(2);
    }

    @Test
    void anElementOfAListBelowIsChangedByItsPlace() throws IOException {
        Experiment experiment = read("""
                extends: sound.yaml
                preprocessing.augment[1].number: 9
                preprocessing.augment[1].group.deep.number: 8
                """);
        assertThat(setting(experiment, 0, "number")).isEqualTo(1);
        assertThat(experiment.preprocessing().augment().get(1).settings())
                .isEqualTo(Map.of("number", 9, "group.text", "x", "group.deep.number", 8));
    }

    @Test
    void aListReplacesTheOneBelowAndAnEmptyValueRemoves() throws IOException {
        Experiment experiment = read("""
                extends: sound.yaml
                preprocessing:
                  augment: [{type: any}]
                  window: {number: }
                """);
        assertThat(experiment.preprocessing().augment()).hasSize(1);
        assertThat(experiment.preprocessing().window().settings()).isEqualTo(Map.of("text", "w"));
        assertThat(read("extends: sound.yaml\npreprocessing.augment:").preprocessing().augment()).isEmpty();
    }

    @Test
    void aGroupOfAnotherTypeReplacesTheOneBelow() throws IOException {
        write("other.yaml", SOUND.replace("window: {type: any,", "window: {type: other,"));
        Experiment experiment = read("extends: other.yaml\npreprocessing.window: {type: any, flag: true}");
        assertThat(experiment.preprocessing().window().settings()).isEqualTo(Map.of("flag", true));
    }

    @Test
    void relativePathsStartFromTheFileThatSaysThem() throws IOException {
        write("common/base.yaml", SOUND);
        Experiment experiment = read("extends: common/base.yaml\nmodels.folder: ../models");
        assertThat(experiment.recordings().manifest()).contains(StoragePlace.at(folder.resolve("common/metadata.csv")));
        assertThat(experiment.models().path()).contains(folder.resolveSibling("models"));
        assertThat(file("extends: common/base.yaml").set("models.folder=here").read(AnyParts.components()).models())
                .isEqualTo(StoragePlace.at(Path.of("here")));
    }

    @Test
    void filesOfPartsStartFromTheFileThatNamesThem() throws IOException {
        write("common/base.yaml", SOUND.replace("extract: {type: any}", "extract: {type: any, file: a.onnx, inner: {type: any}}"));
        Map<String, Object> extract = read("""
                extends: common/base.yaml
                preprocessing.extract.inner.file: b.onnx
                preprocessing.transform: [{type: any, file: ../c.onnx}]
                """).preprocessing().extract().settings();
        assertThat(extract).containsEntry("file", folder.resolve("common/a.onnx").toString())
                .containsEntry("inner.file", folder.resolve("b.onnx").toString());
        assertThat(read("extends: sound.yaml\npreprocessing.transform: [{type: any, file: ../c.onnx}]").preprocessing().transform()
                .get(0).settings()).containsEntry("file", folder.resolveSibling("c.onnx").toString());
        assertThatThrownBy(() -> read("extends: sound.yaml\npreprocessing.extract: {type: any, file: any://bucket/c.onnx}"))
                .hasMessageContaining("preprocessing.extract.file: 'any://bucket/c.onnx' is an address; give a path");
        assertThatThrownBy(() -> read("extends: sound.yaml\npreprocessing.extract: {type: any, file: c.onnx, number: loud}"))
                .hasMessageContaining("preprocessing.extract.number must be a finite number, but was loud");
    }

    /** Descriptions name files without their folders. */
    @Test
    void allDefaultsAreWrittenWithTheFilesWhereTheyAre() throws IOException {
        write("metadata.csv", "file_path,class\n");
        Experiment experiment = read("extends: sound.yaml\npreprocessing.extract: {type: any, file: a.onnx, whole: 5}\n");
        assertThat(ExperimentParts.of(experiment, AnyParts.components()).withDefaults().preprocessing().extract().settings())
                .isEqualTo(Map.of("file", folder.resolve("a.onnx").toString(), "whole", 5));
    }

    @Test
    void placesAreFoldersOrAddresses() throws IOException {
        Experiment experiment = read(SOUND.replace("models.folder: models", "models.address: any://bucket/models/")
                + "work: {address: any://bucket/work}\ncacheBytes: 0\nqualityLimits: {clippedWarning: 0.01}\n"
                + "pretrained: {base: {address: any://bucket/models, version: 3}}\n");
        assertThat(experiment.models()).isEqualTo(new StoragePlace("any://bucket/models"));
        assertThat(experiment.models().path()).isEmpty();
        assertThat(experiment.models().beside("-journal").within("spira")).hasToString("any://bucket/models-journal/spira");
        assertThat(experiment.work()).contains(new StoragePlace("any://bucket/work"));
        assertThat(experiment.cacheBytes()).hasValue(0);
        assertThat(experiment.qualityLimits()).isEqualTo(new QualityLimits(0.01, 0.02, 0.5, 0.95));
        assertThat(experiment.pretrained()).containsOnlyKeys("base");
    }

    @Test
    void anAddressWithoutItsModuleIsRefusedWithTheModulesName() throws IOException {
        assertThatThrownBy(() -> new StoragePlace("s3://bucket/models").models()).hasMessage(
                "'s3://bucket/models' needs spira-storage-s3 on the class path; add it, or give another location");
        assertThatThrownBy(() -> new StoragePlace("none://bucket").journal()).hasMessage("'none://bucket' needs a module for"
                + " none:// on the class path; add it, or give one of the known locations, which are folders and any://");
        assertThatThrownBy(() -> read(SOUND.replace("models.folder: models", "models.address: s3://bucket/models")))
                .hasMessageContaining("1:1: models.address: 's3://bucket/models' needs spira-storage-s3 on the class path");
        assertThatThrownBy(() -> read(SOUND.replace("metadata.csv", "s3://bucket/metadata.csv")))
                .hasMessageContaining("recordings.manifest: 's3://bucket/metadata.csv' needs spira-storage-s3");
    }

    @Test
    void recordingsAreListedByAnAddress() throws IOException {
        Experiment manifest = read(SOUND.replace("metadata.csv", "any://bucket/metadata.csv, root: any://bucket/audio"));
        assertThat(manifest.recordings().manifest()).contains(new StoragePlace("any://bucket/metadata.csv"));
        assertThat(manifest.recordings().root()).contains(new StoragePlace("any://bucket/audio"));
        String keys = "(?<label>control|patient)/(?<subject>[^/]+)/.+";
        Experiment listing = read(SOUND.replace("manifest: metadata.csv",
                "listing: any://bucket/audio/, keyPattern: '" + keys + "', ignorePattern: '.*csv'"));
        assertThat(listing.recordings().listing()).contains(
                new KeyListing(new StoragePlace("any://bucket/audio"), keys, Optional.of(".*csv")));
        assertThatThrownBy(() -> read(SOUND.replace("metadata.csv", "metadata.csv, keyPattern: x")))
                .hasMessageContaining("recordings: keyPattern and ignorePattern are for a listing, but no listing is given");
        assertThatThrownBy(() -> read(SOUND.replace("manifest: metadata.csv", "listing: audio, keyPattern: x")))
                .hasMessageContaining("recordings.listing: must be an address such as s3://BUCKET/PREFIX, but was 'audio'");
        assertThatThrownBy(() -> read(SOUND.replace("manifest: metadata.csv", "listing: any://bucket, keyPattern: (")))
                .hasMessageContaining("recordings.keyPattern: '(' is not a valid regular expression");
        assertThatThrownBy(() -> read(SOUND + "checkpoints: {folder: any://bucket/checkpoints}\n"))
                .hasMessageContaining("checkpoints.folder: 'any://bucket/checkpoints' is an address; give a path");
    }

    @Test
    void eventsAreWrittenAndRecordingsCachedInTheFoldersNamed() throws IOException {
        Experiment experiment = read(SOUND + "audioCache: {folder: copies, maximumBytes: 5}\n"
                + "events: {folder: events, formats: [json-lines]}\n");
        assertThat(experiment.audioCache()).contains(new CacheFolder(folder.resolve("copies"), 5));
        assertThat(experiment.events()).contains(new EventFolder(folder.resolve("events"), Set.of(EventFormat.JSON_LINES)));
        write("metadata.csv", "file_path,class\n");
        ExperimentParts parts = ExperimentParts.of(experiment, AnyParts.components());
        parts.listener().onTraining(new TrainingEvent.StoppedEarly(3, 2, "auroc has not improved for 1 epoch"));
        assertThat(folder.resolve("events/events.jsonl")).content().startsWith("{\"event\":\"stopped");
        assertThat(folder.resolve("events")).isDirectoryNotContaining("glob:**tfevents*");
        assertThat(read(SOUND + "events: {folder: events}\n").events().orElseThrow().formats())
                .containsExactlyInAnyOrder(EventFormat.values());
        assertThatThrownBy(() -> read(SOUND + "events: {folder: events, formats: [json, tensorboard]}\n"))
                .hasMessageContaining("events.formats: must be some of [tensorboard, json-lines], but was json");
    }

    @Test
    void environmentVariablesStandInTexts() throws IOException {
        Experiment experiment = read("""
                extends: sound.yaml
                recordings.manifest: ${HOME_OF}/${NONE:-by-default}.csv
                model.text: $${HOME_OF}
                """);
        assertThat(experiment.recordings().manifest()).contains(StoragePlace.at(Path.of("/data/by-default.csv")));
        assertThat(experiment.model().settings()).containsEntry("text", "${HOME_OF}");
        assertThatThrownBy(() -> read("extends: sound.yaml\nmodel.text: ${NONE} and ${NEITHER}"))
                .hasMessageContaining(":2:13: the environment variable NONE is not set")
                .hasMessageContaining(":2:13: the environment variable NEITHER is not set");
    }

    @Test
    void overridesLieOverTheFile() throws IOException {
        Experiment experiment = file("extends: sound.yaml")
                .set("training.whole=50")
                .set("preprocessing.augment[0].number = 0.5")
                .set("preprocessing.window={type: any, list: [a, b]}")
                .set("split=")
                .set("recordings={manifest: , training: a.csv, validation: b.csv, test: c.csv}")
                .read(AnyParts.components());
        assertThat(experiment.training().settings()).containsEntry("whole", 50);
        assertThat(setting(experiment, 0, "number")).isEqualTo(0.5);
        assertThat(experiment.preprocessing().window().settings()).containsKeys("text", "list");
        assertThat(experiment.split()).isEqualTo(ExperimentReader.LISTED_SPLIT);
        assertThat(experiment.recordings().sides()).containsOnlyKeys(Side.values());
        assertThatThrownBy(() -> file("extends: sound.yaml").set("seed").read(AnyParts.components()))
                .hasMessage("--set seed: a setting must be given as PATH=VALUE, such as training.epochs=5");
        assertThatThrownBy(() -> file("extends: sound.yaml").set("seed=x").read(AnyParts.components()))
                .hasMessage("--set seed=x: seed must be an integer of 64 bits, but was x");
        assertThatThrownBy(() -> file("extends: sound.yaml").set("seed.x=1").read(AnyParts.components()))
                .hasMessageContaining("seed must be an integer");
    }

    @Test
    void siblingsOfAnOverriddenSettingStay() throws IOException {
        Experiment experiment = file("extends: sound.yaml").set("preprocessing.augment[1].group.deep.number=7")
                .set("preprocessing.window.number=5").read(AnyParts.components());
        assertThat(experiment.preprocessing().augment().get(1).settings())
                .isEqualTo(Map.of("number", 2, "group.text", "x", "group.deep.number", 7));
        assertThat(setting(experiment, 0, "number")).isEqualTo(1);
        assertThat(experiment.preprocessing().window().settings()).isEqualTo(Map.of("text", "w", "number", 5));
        assertThat(experiment.training().settings()).containsEntry("whole", 5);
    }

    @Test
    void anOverrideIsTakenWholeBehindItsFirstEqualsSign() throws IOException {
        Experiment experiment = file("extends: sound.yaml").set("recordings.manifest=vis\u00f5es, 2026/a=b.csv")
                .set("preprocessing.window.text=a=b").read(AnyParts.components());
        assertThat(experiment.recordings().manifest())
                .contains(StoragePlace.at(Path.of("vis\u00f5es, 2026/a=b.csv").toAbsolutePath()));
        assertThat(experiment.preprocessing().window().settings()).containsEntry("text", "a=b");
        assertThatThrownBy(() -> file("extends: sound.yaml").set("modelName=a=b").read(AnyParts.components()))
                .hasMessageStartingWith("--set modelName=a=b: modelName: a model's name has 1 to 100 lower-case letters")
                .hasMessageEndingWith("but was 'a=b'");
    }

    @Test
    void filesThatExtendEachOtherAreRefused() throws IOException {
        write("one.yaml", "extends: experiment.yaml");
        assertThatThrownBy(() -> read("extends: one.yaml"))
                .hasMessage(folder.resolve("one.yaml") + ":1:1: extends: " + folder.resolve("experiment.yaml")
                        + " extends itself; remove one extends");
        assertThatThrownBy(() -> read("extends: none.yaml"))
                .hasMessage(folder.resolve("experiment.yaml") + ":1:1: there is no file " + folder.resolve("none.yaml")
                        + "; correct the path");
        assertThatThrownBy(() -> read("extends: [a]")).hasMessageContaining("must be the path of a file, but is a list");
    }

    @Test
    void whatIsNoExperimentIsRefused() throws IOException {
        assertThatThrownBy(() -> read("")).hasMessageContaining("but is empty");
        assertThatThrownBy(() -> read("- a")).hasMessageContaining("but is a list");
        assertThatThrownBy(() -> read("seed: 1\n---\nseed: 2")).hasMessageContaining(":3:1: a second document begins");
        assertThatThrownBy(() -> read("a: " + "[".repeat(5000))).hasMessageContaining("at most 32 deep, but are deeper");
        assertThatThrownBy(() -> ExperimentFile.at(folder.resolve("none.yaml")).read())
                .hasMessage(folder.resolve("none.yaml") + ": there is no file " + folder.resolve("none.yaml")
                        + "; correct the path");
        Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
        assertThatThrownBy(() -> ExperimentFile.at(folder.resolve("latin.yaml")).read())
                .hasMessageContaining("could not be read as a text in UTF-8");
    }

    @Test
    void aScalarStaysTheTextThatItIs() throws IOException {
        List<String> words = List.of("010", "1_2", "31e40922", "no", "True", "yes", "on", "0x1F", "2026-01-01", "1:20", "0.50",
                "1e3", "0.0001", "5", "007", "-0.0", "123456789012345678901234567890", "1.5", ".5", "+1", "true");
        Experiment experiment = read(SOUND + "evaluation: [{type: any, list: [" + String.join(", ", words) + "]}]\n");
        List<String> read = SettingsDeclaration.of(Setting.texts("list", "any words"))
                .read("", experiment.evaluation().get(0).settings(), settings -> settings.strings("list"));
        assertThat(read).isEqualTo(words);
        assertThat(read(SOUND.replace("metadata.csv", "0x10, fileColumn: 1_0, controlWords: [no], patientWords: [Yes]"))
                .recordings()).satisfies(lists -> {
            assertThat(lists.manifest()).contains(StoragePlace.at(folder.resolve("0x10")));
            assertThat(lists.layout()).containsEntry("fileColumn", "1_0").containsEntry("controlWords", List.of("no"))
                    .containsEntry("patientWords", List.of("Yes"));
        });
    }

    @Test
    void numbersAreDecimal() throws IOException {
        assertThat(read(SOUND + "seed: 010\n").seed()).isEqualTo(10);
        assertThat(read(SOUND + "rejections: {largestShare: 1e-1}\n").rejections().largestShare()).isEqualTo(0.1);
        for (String wrong : List.of("1_000", "0x1F", "1:20", "0b1", "0o7", "1d", "NaN")) {
            assertThatThrownBy(() -> read(SOUND + "seed: " + wrong + "\n"))
                    .hasMessageContaining("seed must be an integer of 64 bits, but was " + wrong);
            assertThatThrownBy(() -> read(SOUND + "rejections: {largestShare: " + wrong + "}\n"))
                    .hasMessageContaining("rejections.largestShare must be a finite number, but was " + wrong);
        }
        assertThatThrownBy(() -> read(SOUND + "rejections: {largestShare: 1e999}\n"))
                .hasMessageContaining("must be a finite number, but was 1e999");
        assertThatThrownBy(() -> read(SOUND + "decision: {calibrate: yes}\n"))
                .hasMessageContaining("decision.calibrate must be true or false, but was yes");
    }

    @Test
    void aLongFileIsRefusedBeforeItIsRead() throws IOException {
        Path file = folder.resolve("long.yaml");
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(100 << 20);
        }
        assertThatThrownBy(() -> ExperimentFile.at(file).read()).hasMessage(file + ": " + file
                + " must have at most 1048576 bytes, but has more; move long lists into a manifest");
        assertThatThrownBy(() -> RetrainingPlanFile.at(file).read()).hasMessageContaining("must have at most 1048576 bytes");
    }

    @Test
    void thousandsOfFaultsAreSummedUp() throws IOException {
        StringBuilder keys = new StringBuilder(SOUND);
        for (int i = 0; i < 5_000; i++) {
            keys.append("unknown-").append(i).append(": 1\nmodel.other-").append(i).append(": 2\n");
        }
        InvalidExperimentException failure =
                catchThrowableOfType(InvalidExperimentException.class, () -> read(keys.toString()));
        assertThat(failure.faults()).hasSize(10_000);
        assertThat(failure.getMessage().lines()).hasSize(12).last().asString()
                .isEqualTo("  and 9990 more faults such as 'is unknown'");
    }

    @Test
    void aFileAppearsWhole() throws IOException {
        Experiment experiment = read("extends: sound.yaml");
        Path target = folder.resolve("new/experiment.yaml");
        ExperimentFile.write(experiment, target);
        assertThat(ExperimentFile.at(target).withoutFiles().read(AnyParts.components())).isEqualTo(experiment);
        assertThat(folder.resolve("new")).isDirectoryContaining(path -> path.equals(target)).isDirectoryNotContaining("glob:**.tmp*");
        assertThat(Files.readString(target)).contains("folder: ../models\n").contains("seed: 0\n").doesNotContain("${");
    }

    @Test
    void transformsAreAppliedInTheirOrder() throws IOException {
        write("metadata.csv", "file_path,class\n");
        Experiment experiment = read("""
                extends: sound.yaml
                preprocessing.transform: [{type: any, whole: 1}, {type: any, whole: 2}]
                """);
        Preprocessing preprocessing =
                (Preprocessing) ExperimentParts.of(experiment, AnyParts.components()).preprocessing();
        assertThat(preprocessing.transforms())
                .extracting(transform -> transform.description().settings().get("whole"))
                .containsExactly(1L, 2L);
    }

    @Test
    void theConditionIsNamedInOneWordOrWithItsClasses() throws IOException {
        assertThat(read("extends: sound.yaml\n").target()).isEqualTo(Target.STANDARD);
        assertThat(read("extends: sound.yaml\ntarget: asthma\n").target()).isEqualTo(new Target("asthma", "control", "asthma"));
        assertThat(read("extends: sound.yaml\ntarget: {name: smoking, negative: never, positive: smoker}\n").target())
                .isEqualTo(new Target("smoking", "never", "smoker"));
        assertThat(read("extends: sound.yaml\ntarget.name: asthma\n").target()).isEqualTo(Target.of("asthma"));
        assertThatThrownBy(() -> read("extends: sound.yaml\ntarget: control\n")).hasMessageContaining(
                "the classes of the target control must have different names");
        assertThatThrownBy(() -> read("extends: sound.yaml\ntarget: {title: asthma}\n")).hasMessageContaining("target.title");
    }

    @Test
    void sessionsMayChangeTheClassIfTheFileSaysSo() throws IOException {
        assertThat(read("extends: sound.yaml\n").labelsBySession()).isFalse();
        assertThat(read("extends: sound.yaml\nlabels: bySession\n").labelsBySession()).isTrue();
        assertThatThrownBy(() -> read("extends: sound.yaml\nlabels: sometimes\n")).hasMessageContaining("labels");
    }

    @Test
    void tasksAreSeveral() throws IOException {
        assertThat(read("extends: sound.yaml\n").tasks()).isEmpty();
        Experiment experiment = read("extends: sound.yaml\ntasks: [phrase, rhyme]\nfusion: logistic\n");
        assertThat(experiment.tasks()).containsExactly("phrase", "rhyme");
        assertThat(experiment.fusion()).isEqualTo(TaskTraining.Fusion.LOGISTIC);
        assertThatThrownBy(() -> read("extends: sound.yaml\ntasks: [phrase]\n")).hasMessageContaining(
                "tasks: must name at least two different tasks, but was [phrase]");
        write("metadata.csv", "file_path,class\n");
        ExperimentParts parts = ExperimentParts.of(experiment, AnyParts.components());
        assertThatThrownBy(() -> parts.applyTo(TrainingPipeline.builder())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tasks must be empty for a single model, but were [phrase, rhyme]");
    }

    @Test
    void ambientNoisesNameNoFiles() throws IOException {
        assertThat(read("extends: sound.yaml\nnoises: {room: {ambient: true}}\n").noises().get("room").ambient()).isTrue();
        assertThatThrownBy(() -> read("extends: sound.yaml\nnoises: {room: {ambient: true, files: [a.wav]}}\n"))
                .hasMessageContaining("noises.room: must have ambient noises or files, but has both");
    }
}
