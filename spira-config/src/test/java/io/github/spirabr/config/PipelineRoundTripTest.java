package io.github.spirabr.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.storage.fs.registry.FileSystemCheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** An experiment that became a pipeline is had back from the pipeline. */
class PipelineRoundTripTest {

    private static Path folder;

    @BeforeContainer
    static void writeManifests() throws IOException {
        folder = Files.createTempDirectory("pipelines").toRealPath();
        for (String name : List.of("a.csv", "b.csv", "c.csv")) {
            Files.writeString(folder.resolve(name), "file_path,class\n");
        }
    }

    @AfterContainer
    static void removeManifests() throws IOException {
        for (String name : List.of("a.csv", "b.csv", "c.csv", "experiment.yaml")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
    }

    private static TrainingPipeline pipeline(Experiment experiment) {
        return ExperimentParts.of(experiment, AnyParts.components()).applyTo(TrainingPipeline.builder()).build();
    }

    @Property(tries = 100)
    void aPipelineGivesItsExperiment(@ForAll("files") String text) throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), text);
        Experiment read = ExperimentFile.at(file).environment(Map.of()).read(AnyParts.components());
        ExperimentParts parts = ExperimentParts.of(read, AnyParts.components());

        Experiment described = Experiment.of(parts.applyTo(TrainingPipeline.builder()).build());

        assertThat(described).isEqualTo(parts.withDefaults());
        Files.writeString(file, ExperimentFile.text(described, folder));
        Experiment again = ExperimentFile.at(file).environment(Map.of()).read(AnyParts.components());
        assertThat(again).isEqualTo(described);
        assertThat(Experiment.of(pipeline(again))).isEqualTo(described);
    }

    @Example
    void partsThatNoFileCanNameAreRefusedTogether() throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), "models: {folder: models}\nreader: {type: any}\n"
                + "recordings: {manifest: a.csv}\npreprocessing: {window: {type: any}, extract: {type: any}}\n"
                + "split: {type: any}\nmodel: {type: any}\ntraining: {type: any}\n");
        TrainingPipeline.Builder builder = ExperimentParts
                .of(ExperimentFile.at(file).read(AnyParts.components()), AnyParts.components())
                .applyTo(TrainingPipeline.builder())
                .recordings(() -> {
                    throw new AssertionError("nothing is read");
                })
                .checkpoints(FileSystemCheckpointStore.at(folder).keepingBest());
        assertThatThrownBy(() -> Experiment.of(builder.build())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the pipeline must have parts that an experiment file can name, but recordings is ")
                .hasMessageContaining("which has no name in a file; checkpoints keep the best one");
    }

    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> recordings = Arbitraries.of(
                "{manifest: a.csv}", "{manifest: a.csv, root: audio, fileColumn: f, classColumn: c, subjectColumn: s}",
                "{manifest: a.csv, controlWords: [no, '0'], patientWords: [yes], subjectPattern: 'x(.)'}",
                "{training: a.csv, validation: b.csv, test: c.csv, root: audio}",
                "{controls: a.csv, patients: b.csv, subjectPattern: 'x(.)'}", "{manifest: any://bucket/a.csv, root: any://bucket}",
                "{manifest: any://bucket/lists/a.csv}");
        Arbitrary<String> seeds = Combinators.combine(Arbitraries.longs(),
                        Arbitraries.of("", "target: asthma\n", "labels: bySession\n"))
                .as((seed, more) -> "seed: " + seed + "\n" + more);
        Arbitrary<String> stores = Combinators.combine(
                        Arbitraries.of("", "work: {folder: work}\n"),
                        Arbitraries.of("", "checkpoints: {folder: saved, keep: 3}\n"),
                        Arbitraries.of("", "featureCache: {folder: features, maximumBytes: 7}\n"),
                        Arbitraries.of("", "audioCache: {folder: audio-cache, maximumBytes: 9}\n"),
                        Arbitraries.of("", "events: {folder: events, formats: [tensorboard]}\n", "events: {folder: events}\n"))
                .as((one, two, three, four, five) -> one + two + three + four + five);
        Arbitrary<String> settings = Combinators.combine(
                        Arbitraries.of("", "threads: 999\n"), Arbitraries.of("", "cacheBytes: 0\n", "cacheBytes: 12345678901\n"),
                        Arbitraries.of("", "decision: {operatingPoint: youden, calibrate: true, abstention: coverage, coverage: 0.9}\n"),
                        Arbitraries.of("", "rejections: {largestShare: 0.5}\n", "qualityLimits: {clippedWarning: 0.01}\n"),
                        Arbitraries.of("", "probes: []\n", "probes: [{type: any, whole: 3}]\n", "evaluation: [{type: any}]\n"))
                .as((one, two, three, four, five) -> one + two + three + four + five);
        Arbitrary<String> parts = Arbitraries.integers().between(-9, 9).map(whole -> "preprocessing: {window: {type: any, whole: "
                + whole + "}, extract: {type: any}, augment: [{type: any, whole: 1}, {type: any}], transform: [{type: any}],"
                + " transformFeatures: [{type: any, whole: 4}], augmentFeatures: [{type: any, whole: " + whole + "}]}\n");
        return Combinators.combine(recordings, seeds, stores, settings, parts).as((lists, seed, places, more, steps) -> seed + places
                + more + steps + "recordings: " + lists + "\n" + (lists.contains("training:") ? "" : "split: {type: any, whole: 2}\n")
                + "models: {folder: models}\nmodelName: ward\nreader: {type: any}\nmodel: {type: any}\ntraining: {type: any}\n");
    }
}
