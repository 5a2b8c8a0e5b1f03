package io.github.spirabr.tests.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.UnfittedPreprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The experiments that were published, as files of this library: each is assembled and says the published figures. */
@Tag("slow")
class PublishedExperimentsTest {

    private static final Path EXPERIMENTS = Path.of("examples/experiments");
    private static final Path COMPARE_2021 = Path.of("../shared/data/published-configs/compare2021.csv");
    private static final Path SPEECH = Path.of("../shared/data/pause-speech");
    private static final List<String> COMMON = List.of("base.yaml", "noise.yaml", "panns.yaml", "panns-noise.yaml");

    @TempDir
    private static Path folder;

    private static Map<String, String> environment = Map.of();

    @BeforeAll
    static void writeData() throws IOException {
        environment = new HashMap<>(SmallData.in(folder));
        environment.put("SPIRA_ENCODERS", Path.of("build/tests/src/test/resources/encoders").toAbsolutePath().toString());
    }

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(EXPERIMENTS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !COMMON.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static Experiment read(Path file) {
        return ExperimentFile.at(file).environment(environment).read();
    }

    @Test
    void noneIsMissing() throws IOException {
        assertThat(all()).filteredOn(file -> file.startsWith(EXPERIMENTS.resolve("acl2021"))).hasSize(18);
        assertThat(all()).filteredOn(file -> file.startsWith(EXPERIMENTS.resolve("compare2021"))).hasSize(8 + 24);
        assertThat(all()).filteredOn(file -> file.startsWith(EXPERIMENTS.resolve("encoders"))).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachIsAssembled(Path file) {
        ExperimentParts parts = ExperimentParts.of(read(file));
        assertThat(parts.applyTo(TrainingPipeline.builder()).build()).isNotNull();
        Dataset dataset = parts.recordings().load();
        DatasetSplit split = dataset.split(parts.split(), 42);
        assertThat(dataset.name()).contains(folder.toString());
        assertThat(List.of(split.training().subjects(), split.validation().subjects(), split.test().subjects()))
                .allSatisfy(subjects -> assertThat(subjects).hasSize(4));
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachIsWrittenAndReadBack(Path file) throws IOException {
        Experiment experiment = read(file);
        Path copy = folder.resolve("copies").resolve(file.getFileName());
        ExperimentFile.write(experiment, copy);
        assertThat(read(copy)).isEqualTo(experiment);
        assertThat(ExperimentFile.text(read(copy), copy.getParent())).isEqualTo(Files.readString(copy));

        Experiment complete = ExperimentParts.of(experiment).withDefaults();
        ExperimentFile.write(complete, copy);
        assertThat(ExperimentParts.of(read(copy)).withDefaults()).isEqualTo(complete);
        assertThat(read(copy)).isEqualTo(complete);
    }

    /** Their frames, and the features of the small graphs that are in place of theirs here. */
    @ParameterizedTest
    @CsvSource({"cnn14,64", "ast,128", "wav2vec2,12", "hear,6", "opera,64"})
    void theEncodersGiveOneEmbeddingForEachWindow(String name, int features) {
        ExperimentParts parts = ExperimentParts.of(read(EXPERIMENTS.resolve("encoders/" + name + ".yaml")));
        assertThat(((Preprocessing) parts.preprocessing()).inputShape(16_000)).isEqualTo(new InputShape(1, features));
    }

    /** As published: window in seconds (0 for padding), noises in a control and in a patient (none: no noise at all). */
    @ParameterizedTest
    @CsvSource({
        "1.1,0,,", "1.2,3,,", "1.3,4,,", "2.1,0,1,0", "2.2,3,1,0", "2.3,4,1,0", "3.1,4,1,1", "3.2,4,2,1", "3.3,4,2,2",
        "3.4,4,3,2", "3.5,4,3,3", "3.6,4,4,3", "3.7,4,4,4", "3.8,4,5,4", "3.9,4,5,5", "3.10,4,6,5", "3.11,4,6,6", "3.12,4,7,6"
    })
    void theExperimentsOfAcl2021SayWhatWasPublished(String name, int window, Integer perControl, Integer perPatient) {
        ExperimentParts parts = ExperimentParts.of(read(EXPERIMENTS.resolve("acl2021/exp" + name + ".yaml")));
        Experiment experiment = parts.withDefaults();
        if (window == 0) {
            assertThat(parts.preprocessing()).isInstanceOf(UnfittedPreprocessing.class);
            assertThat(experiment.preprocessing().window().type()).isEqualTo("pad-to-longest");
        } else {
            assertThat(((Preprocessing) parts.preprocessing()).inputShape(16_000).frames()).isEqualTo(window * 100 + 1);
            assertThat(experiment.preprocessing().window().settings()).containsEntry("length", (double) window)
                    .containsEntry("step", 1.0);
        }
        if (perControl == null) {
            assertThat(experiment.preprocessing().augment()).isEmpty();
            assertThat(experiment.evaluation()).isEmpty();
        } else {
            assertThat(experiment.preprocessing().augment()).singleElement().extracting(ComponentDescription::settings)
                    .satisfies(settings -> assertThat(settings)
                            .containsEntry("perControl", perControl)
                            .containsEntry("perPatient", perPatient)
                            .containsEntry("amplitude.min", 0.033474047)
                            .containsEntry("amplitude.max", 0.19233719));
            assertThat(parts.protocols()).singleElement()
                    .satisfies(protocol -> assertThat(protocol.readsLabel()).isTrue());
        }
        assertThat(experiment.model().type()).isEqualTo("spiraconv-v2");
        assertThat(experiment.training().settings())
                .containsEntry("epochs", 1000)
                .containsEntry("batchSize", 5)
                .containsEntry("optimizer.type", "adam")
                .containsEntry("optimizer.learningRate", 0.001)
                .containsEntry("optimizer.weightDecay", 0.01)
                .containsEntry("schedule.type", "noam")
                .containsEntry("schedule.warmupSteps", 1000)
                .containsEntry("checkpoints.everySteps", 500)
                .doesNotContainKey("earlyStopping.patience");
        assertMfcc(experiment);
    }

    /** As published: window in seconds (0 for padding), kernels, dense units, optimizer, learning rate, weight decay. */
    @ParameterizedTest
    @CsvSource({
        "holdout-speech,0,5 5 5 5,100,adam,0.01,0.01",
        "holdout-cough,0,2 2 2 5,125,adam,0.001,0.1",
        "kfold-speech,0,5 5 5 5,100,adam,0.01,0.01",
        "kfold-cough,0,2 2 2 5,125,adam,0.001,0.1",
        "windowed-speech,3,7 5 3 2,75,adamw,0.01,0.0001",
        "windowed-cough,2,7 5 3 2,75,adam,0.001,0.1",
        "windowed-preliminary-speech,3,5 5 5 5,100,adam,0.01,0.01",
        "windowed-preliminary-cough,2,2 2 2 5,125,adam,0.001,0.1"
    })
    void theExperimentsOfCompare2021SayWhatWasPublished(
            String name, int window, String kernels, int dense, String optimizer, double learningRate, double weightDecay) {
        Path file = EXPERIMENTS.resolve("compare2021/" + name + ".yaml");
        Experiment experiment = ExperimentParts.of(read(file)).withDefaults();
        if (window == 0) {
            assertThat(experiment.preprocessing().window().type()).isEqualTo("pad-to-longest");
        } else {
            assertThat(experiment.preprocessing().window().type()).isEqualTo("random-window");
            assertThat(experiment.preprocessing().window().settings())
                    .containsEntry("length", (double) window)
                    .containsEntry("step", (double) window);
        }
        assertThat(experiment.model()).isEqualTo(new ComponentDescription("spiraconv-v4", Map.of(
                "kernels", Stream.of(kernels.split(" ")).map(Integer::valueOf).toList(),
                "dilation", 2, "dropout", 0.7, "dense", List.of(dense), "outputs", 1, "averagePooling", 0)));
        assertThat(experiment.training().settings())
                .containsEntry("epochs", 100)
                .containsEntry("batchSize", 16)
                .containsEntry("sampling", "balanced")
                .containsEntry("optimizer.type", optimizer)
                .containsEntry("optimizer.learningRate", learningRate)
                .containsEntry("optimizer.weightDecay", weightDecay)
                .containsEntry("schedule.type", "noam")
                .containsEntry("schedule.warmupSteps", 500);
        assertThat(experiment.preprocessing().augment()).isEmpty();
        assertMfcc(experiment);
    }

    /** The table of the published parameters, where it is at hand beside the project: every row of a SpiraConv is a file here. */
    @Test
    void everySpiraConvRowOfCompare2021IsOneOfTheFiles() throws IOException {
        assumeTrue(Files.isRegularFile(COMPARE_2021), "needs the table of the experiments of SPIRA-ComParE2021 in "
                + COMPARE_2021.toAbsolutePath().normalize() + "; ask the maintainers for it");
        List<String> found = new ArrayList<>();
        try (CSVParser rows = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get()
                .parse(Files.newBufferedReader(COMPARE_2021))) {
            for (CSVRecord row : rows) {
                if (row.get("model").equals("spiraconv_v4")) {
                    String name = fileOf(row);
                    found.add(name);
                    assertSays(row, ExperimentParts.of(read(EXPERIMENTS.resolve("compare2021/" + name + ".yaml"))).withDefaults());
                }
            }
        }
        assertThat(found).containsExactlyInAnyOrder("holdout-speech", "holdout-cough", "kfold-speech", "kfold-cough",
                "windowed-speech", "windowed-cough", "windowed-preliminary-speech", "windowed-preliminary-cough");
    }

    /** As above, of PANNs. */
    @Test
    void everyPannsRowOfCompare2021IsOneOfTheFiles() throws IOException {
        assumeTrue(Files.isRegularFile(COMPARE_2021), "needs the table of the experiments of SPIRA-ComParE2021 in "
                + COMPARE_2021.toAbsolutePath().normalize() + "; ask the maintainers for it");
        Map<String, String> architectures = Map.of("panns", "cnn14", "panns_resnet", "resnet38", "panns_mobile", "mobilenet-v1");
        List<String> found = new ArrayList<>();
        try (CSVParser rows = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get()
                .parse(Files.newBufferedReader(COMPARE_2021))) {
            for (CSVRecord row : rows) {
                String architecture = architectures.get(row.get("model"));
                if (architecture != null) {
                    String name = "panns-" + architecture + "-" + fileOf(row);
                    found.add(name);
                    Experiment experiment = ExperimentParts.of(read(EXPERIMENTS.resolve("compare2021/" + name + ".yaml"))).withDefaults();
                    assertThat(experiment.model().settings()).containsEntry("architecture", architecture);
                    assertSaysOfPanns(row, experiment);
                }
            }
        }
        assertThat(found).hasSize(24).doesNotHaveDuplicates();
    }

    private static void assertSaysOfPanns(CSVRecord row, Experiment experiment) {
        assertWindow(row, experiment);
        assertTraining(row, experiment);
        assertThat(experiment.training().settings())
                .containsEntry("augmentBatches.0.type", "mixup")
                .containsEntry("augmentBatches.0.alpha", Double.valueOf(row.get("mixup_alpha")));
        assertThat(row.get("spec_aug")).isEqualTo("True");
        assertThat(experiment.preprocessing().augmentFeatures()).singleElement()
                .extracting(ComponentDescription::type).isEqualTo("spec-augment");
        assertThat(experiment.preprocessing().extract().settings())
                .containsEntry("melBands", Integer.valueOf(row.get("num_mels")))
                .containsEntry("decibels", true)
                .containsEntry("fMin", Double.valueOf(row.get("mel_fmin")))
                .containsEntry("fftSize", Integer.valueOf(row.get("n_fft")))
                .containsEntry("hopLength", Integer.valueOf(row.get("hop_length")))
                .containsEntry("windowLength", Integer.valueOf(row.get("win_length")));
        assertThat(experiment.preprocessing().augment()).hasSize(row.get("insert_noise").equals("True") ? 1 : 0);
    }

    private static String fileOf(CSVRecord row) {
        String group = row.get("group").replace("Experiments_Final_", "").replace("_Holdout", "");
        return group + (row.get("sub").equals("configs_preliminar") ? "-preliminary" : "")
                + (row.get("task").equals("Tosse") ? "-cough" : "-speech");
    }

    private static void assertTraining(CSVRecord row, Experiment experiment) {
        assertThat(experiment.training().settings())
                .containsEntry("optimizer.type", row.get("optimizer"))
                .containsEntry("optimizer.learningRate", Double.valueOf(row.get("learning_rate")))
                .containsEntry("optimizer.weightDecay", Double.valueOf(row.get("weight_decay")))
                .containsEntry("epochs", Integer.valueOf(row.get("epochs")))
                .containsEntry("batchSize", Integer.valueOf(row.get("batch_size")))
                .containsEntry("schedule.warmupSteps", Integer.valueOf(row.get("warmup_steps")))
                .containsEntry("sampling", row.get("class_balancer_batch").equals("True") ? "balanced" : "shuffled");
        assertThat(experiment.seed()).isEqualTo(Long.parseLong(row.get("seed")));
    }

    private static void assertWindow(CSVRecord row, Experiment experiment) {
        Map<String, Object> window = experiment.preprocessing().window().settings();
        if (row.get("temporal").equals("padding")) {
            assertThat(experiment.preprocessing().window().type()).isEqualTo("pad-to-longest");
        } else {
            assertThat(row.get("temporal")).isEqualTo("one_window");
            assertThat(experiment.preprocessing().window().type()).isEqualTo("random-window");
            assertThat(window).containsEntry("length", Double.valueOf(row.get("window_s")))
                    .containsEntry("step", Double.valueOf(row.get("step_s")));
        }
    }

    private static void assertSays(CSVRecord row, Experiment experiment) {
        assertWindow(row, experiment);
        assertTraining(row, experiment);
        List<Integer> kernels = Stream.of(row.get("kernel_sizes").split("\\]"))
                .filter(one -> one.contains("[")).map(one -> one.replaceAll(".*\\[", "").split(",")[0]).map(Integer::valueOf).toList();
        assertThat(experiment.model().settings())
                .containsEntry("kernels", kernels)
                .containsEntry("dense", List.of(Integer.valueOf(row.get("fc1_dim"))))
                .containsEntry("dropout", Double.valueOf(row.get("dropout_rate")))
                .containsEntry("dilation", 2);
        assertThat(row.get("dilation")).isEqualTo("[2, 1]");
        assertThat(experiment.preprocessing().extract().type()).isEqualTo(row.get("feature"));
        assertThat(experiment.preprocessing().extract().settings())
                .containsEntry("melBands", Integer.valueOf(row.get("num_mels")))
                .containsEntry("coefficients", Integer.valueOf(row.get("num_mfcc")))
                .containsEntry("fMin", Double.valueOf(row.get("mel_fmin")))
                .containsEntry("fftSize", Integer.valueOf(row.get("n_fft")))
                .containsEntry("hopLength", Integer.valueOf(row.get("hop_length")))
                .containsEntry("windowLength", Integer.valueOf(row.get("win_length")));
        assertThat(row.get("insert_noise")).isEqualTo("False");
        assertThat(experiment.preprocessing().augment()).isEmpty();
    }

    /** SpiraConv V4 with random windows on real speech, where that is at hand: every fourth recording of it. */
    @Test
    void oneOfCompare2021RunsForAnEpochOnSpeech() throws IOException {
        assumeTrue(Files.isDirectory(SPEECH), "needs the data set pause-speech in " + SPEECH.toAbsolutePath().normalize()
                + ", which is not part of this project; ask its maintainers for it");
        Path speech = SPEECH.toAbsolutePath().normalize();
        List<String> rows = Files.readAllLines(speech.resolve("metadata.csv"));
        List<String> quarter = new ArrayList<>(rows.subList(0, 1));
        for (int i = 1; i < rows.size(); i += 4) {
            quarter.add(speech + "/" + rows.get(i));
        }
        Path manifest = Files.write(folder.resolve("quarter.csv"), quarter);
        Experiment experiment = ExperimentFile.at(EXPERIMENTS.resolve("compare2021/windowed-speech.yaml"))
                .environment(environment)
                .set("recordings={training: , validation: , test: , manifest: " + manifest + "}")
                .set("training.epochs=1")
                .set("modelName=compare-on-speech")
                .read();
        TrainingRun run = ExperimentParts.of(experiment).applyTo(TrainingPipeline.builder()).build().run();
        assertThat(run.epochs()).hasSize(1);
        assertThat(run.model().toString()).isEqualTo("compare-on-speech version 1");
    }

    private static void assertMfcc(Experiment experiment) {
        assertThat(experiment.seed()).isEqualTo(42);
        assertThat(experiment.reader().settings()).containsEntry("sampleRate", 16_000);
        assertThat(experiment.preprocessing().extract().type()).isEqualTo("mfcc");
        assertThat(experiment.preprocessing().extract().settings())
                .containsEntry("coefficients", 40)
                .containsEntry("melBands", 40)
                .containsEntry("fftSize", 1200)
                .containsEntry("windowLength", 400)
                .containsEntry("hopLength", 160)
                .containsEntry("fMin", 0.0)
                .containsEntry("fMax", "nyquist")
                .containsEntry("logMels", false);
    }

    @Test
    void onePaddedWithNoiseRuns() {
        Experiment experiment = ExperimentFile.at(EXPERIMENTS.resolve("acl2021/exp2.1.yaml"))
                .environment(environment)
                .set("training.epochs=1")
                .read();
        TrainingRun run = ExperimentParts.of(experiment).applyTo(TrainingPipeline.builder()).build().run();
        assertThat(run.model().name()).isEqualTo("spira-acl2021");
        assertThat(run.epochs()).hasSize(1);
        assertThat(run.protocols()).singleElement()
                .satisfies(one -> assertThat(one.protocol()).isEqualTo("acl2021-noise-in-controls"));
    }
}
