package io.github.spirabr.tests.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.config.PublishedConfiguration;
import io.github.spirabr.config.PublishedConfiguration.NotCarried;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configurations that were published, where they are at hand beside the project; skipped otherwise. */
class ImportedConfigurationsTest {

    private static final Path PUBLISHED = Path.of("../shared/data/published-configs/acl2021");
    private static final Path SPEECH = Path.of("../shared/data/pause-speech");

    @TempDir
    private Path folder;

    static List<String> names() {
        return Stream.of(IntStream.rangeClosed(1, 3).mapToObj(i -> "1." + i), IntStream.rangeClosed(1, 3).mapToObj(i -> "2." + i),
                        IntStream.rangeClosed(1, 12).mapToObj(i -> "3." + i))
                .flatMap(group -> group)
                .toList();
    }

    private PublishedConfiguration read(String name) {
        assumeTrue(Files.isDirectory(PUBLISHED), "needs the configuration files of SPIRA-ACL2021 (its repository has"
                + " them) in " + PUBLISHED.toAbsolutePath().normalize());
        return PublishedConfiguration.read(PUBLISHED.resolve(name));
    }

    private Path written(PublishedConfiguration published) {
        Path file = folder.resolve("experiment.yaml");
        ExperimentFile.write(published.experiment(), file);
        return file;
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachIsTheExperimentOfItsName(String name) throws IOException {
        PublishedConfiguration published = read("exp" + name + ".json");
        Experiment imported = ExperimentFile.at(written(published)).withoutFiles().read();
        assertThat(imported).isEqualTo(published.experiment());

        Map<String, String> environment = SmallData.in(folder);
        Experiment ours = ExperimentFile.at(Path.of("examples/experiments/acl2021/exp" + name + ".yaml"))
                .environment(environment)
                .read();
        assertThat(imported.preprocessing().window()).isEqualTo(ours.preprocessing().window());
        assertThat(imported.preprocessing().extract().settings())
                .containsAllEntriesOf(ours.preprocessing().extract().settings());
        assertThat(imported.preprocessing().augment().stream().map(ImportedConfigurationsTest::withoutNoises))
                .isEqualTo(ours.preprocessing().augment().stream().map(ImportedConfigurationsTest::withoutNoises).toList());
        assertThat(imported.reader()).isEqualTo(ours.reader());
        assertThat(imported.model()).isEqualTo(ours.model());
        assertThat(imported.training()).isEqualTo(ours.training());
        assertThat(imported.seed()).isEqualTo(ours.seed());
        assertThat(imported.split()).isEqualTo(ours.split());
    }

    /** The noises of ours are split. */
    private static Map<String, Object> withoutNoises(ComponentDescription insertion) {
        Map<String, Object> settings = new LinkedHashMap<>(insertion.settings());
        settings.remove("noises");
        return settings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp3.4.json", "config.json"})
    void whatIsNotCarriedOverHasNoEffectOrIsNoPartOfTheModel(String name) {
        assertThat(read(name).notCarried()).extracting(NotCarried::key).containsExactly(
                "dataset.max_seq_len", "train_config.reinit_layers", "train_config.summary_interval", "test_config.batch_size",
                "test_config.num_workers", "audio.normalize");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp1.2.json", "exp2.1.json", "exp3.4.json"})
    @Tag("slow")
    void oneEpochOfItRunsOnAQuarterOfTheSpeech(String name) throws IOException {
        PublishedConfiguration published = read(name);
        assumeTrue(Files.isDirectory(SPEECH), "needs the data set pause-speech in " + SPEECH.toAbsolutePath().normalize()
                + ", which is not part of this project; ask its maintainers for it");
        Path speech = SPEECH.toAbsolutePath().normalize();
        ExperimentFile file = ExperimentFile.at(written(published))
                .set("recordings={training: , validation: , test: , root: , manifest: " + quarter(speech) + "}")
                .set("split=")
                .set("models.folder=" + folder.resolve("models"))
                .set("checkpoints.folder=" + folder.resolve("checkpoints"))
                .set("training.epochs=1");
        if (!published.experiment().noises().isEmpty()) {
            file = file.set("noises.hospital={list: " + speech.resolve("noises.csv") + ", root: , column: }");
        }
        TrainingRun run =
                ExperimentParts.of(file.read()).applyTo(TrainingPipeline.builder()).build().run();
        assertThat(run.epochs()).hasSize(1);
        assertThat(folder.resolve("models/spira/000001/manifest.json")).exists();
    }

    /** Every fourth recording, so that nobody waits for minutes. */
    private Path quarter(Path speech) throws IOException {
        List<String> rows = Files.readAllLines(speech.resolve("metadata.csv"));
        List<String> some = new ArrayList<>(rows.subList(0, 1));
        for (int i = 1; i < rows.size(); i += 4) {
            some.add(speech + "/" + rows.get(i));
        }
        return Files.write(folder.resolve("quarter.csv"), some);
    }
}
