package io.github.spirabr.tests.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.config.ExperimentSchema;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of experiment files takes what the reader of them takes, and refuses what an editor should underline. */
class ExperimentSchemaTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(ExperimentSchema.text(components()));
    private static final Pattern YAML_IN_DOCS = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FAULTY_ROW = Pattern.compile("\\| `` (.+) `` \\| `` (.+) `` \\|");

    @TempDir
    private Path folder;

    /** A part of another jar. */
    private static final class PreEmphasisProvider extends ComponentProvider<WaveformTransform> {

        PreEmphasisProvider() {
            super(WaveformTransform.class, "my-pre-emphasis",
                    Setting.number("coefficient", "Share of the preceding sample.").between(0, 1).unit("1").byDefault(0.97));
        }

        @Override
        protected WaveformTransform create(Settings settings) {
            throw new IllegalArgumentException("nothing is transformed here by " + settings.number("coefficient"));
        }
    }

    private static Components components() {
        List<ComponentProvider<?>> all = new ArrayList<>(providers());
        all.add(new PreEmphasisProvider());
        return Components.of(all);
    }

    private static List<String> faults(String yaml) throws IOException {
        return faults(YAML.readTree(yaml));
    }

    private static List<String> faults(JsonNode tree) {
        return SCHEMA.validate(tree).stream().map(ValidationMessage::getMessage).toList();
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Stream.concat(
                Files.walk(Path.of("examples/experiments")),
                Stream.of(Path.of("build/tests/src/test/resources/experiments/valid.yaml"), Path.of("examples/deploy/experiment.yaml")))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    /** The YAML in the documents that says a whole experiment. */
    static List<String> documented() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Stream.concat(Files.walk(Path.of("docs")), Stream.of(Path.of("README.md")))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".md")).sorted().toList()) {
                Matcher block = YAML_IN_DOCS.matcher(Files.readString(file));
                while (block.find()) {
                    if (block.group(1).contains("recordings:") && block.group(1).contains("training:")) {
                        found.add(block.group(1));
                    }
                }
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsTaken(Path file) throws IOException {
        assertThat(faults(Files.readString(file))).isEmpty();
    }

    @Test
    void itIsValidJsonSchema() throws IOException {
        JsonSchema metaschema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of(SchemaId.V202012));
        for (Components components : List.of(components(), Components.of(List.of()))) {
            JsonNode schema = YAML.readTree(ExperimentSchema.text(components));
            assertThat(metaschema.validate(schema)).isEmpty();
        }
        assertThat(metaschema.validate(YAML.readTree("{allOf: []}"))).as("the metaschema is applied").isNotEmpty();
    }

    @Test
    void aSettingHasItsMeaningUnitRangeAndDefault() throws IOException {
        JsonNode definitions = YAML.readTree(ExperimentSchema.text(components())).get("$defs");
        assertThat(definitions.at("/WaveformTransform.my-pre-emphasis/properties/coefficient")).isEqualTo(YAML.readTree("""
                default: 0.97
                description: "Share of the preceding sample. Unit: 1."
                anyOf:
                  - {type: number, minimum: 0.0, maximum: 1.0}
                  - {type: string, pattern: '%s'}
                """.formatted(definitions.at("/number/anyOf/1/pattern").asText())));
        JsonNode threshold = YAML.readTree(ExperimentSchema.text(components())).at("/properties/decision/anyOf/1/properties/threshold");
        assertThat(threshold.findValue("exclusiveMinimum").asDouble()).isZero();
        assertThat(threshold.findValue("default").asDouble()).isEqualTo(0.5);
    }

    @Test
    void everySettingOfEveryPartHasAMeaning() throws IOException {
        JsonNode definitions = YAML.readTree(ExperimentSchema.text(components())).get("$defs");
        List<String> without = new ArrayList<>();
        definitions.properties().forEach(definition -> definition.getValue().path("properties").properties().forEach(one -> {
            String name = definition.getKey();
            boolean described = one.getValue().findValue("description") != null || one.getKey().equals("type");
            if (name.contains(".") && !name.matches("[A-Za-z-]+\\.extension") && !described) {
                without.add(name + " " + one.getKey());
            }
        }));
        assertThat(without).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "reader: {type: of-another-jar, smapleRate: 8000}",
        "preprocessing: {window: {type: of-another-jar, length: long}}",
        "preprocessing: {augment: [{type: of-another-jar, loudness: {min: 3}}]}",
        "preprocessing: {transform: [{type: of-another-jar}]}",
        "evaluation: [{type: of-another-jar}]",
        "split: {type: of-another-jar, by: hospital}",
        "training: {type: of-another-jar, trees: 100}"
    })
    void partsOfOtherJarsAreTaken(String lines) throws IOException {
        assertThat(faults(lines)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documented")
    void everyExperimentInTheDocumentsIsTaken(String yaml) throws IOException {
        assertThat(faults(yaml)).isEmpty();
    }

    @Test
    void theDocumentsHoldAnExperiment() throws IOException {
        assertThat(documented()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("wholeExperiments")
    void withEveryDefaultWrittenOutItIsTaken(Path file) throws IOException {
        Experiment experiment = ExperimentFile.at(file).environment(SmallData.in(folder)).read();
        String complete = ExperimentFile.text(ExperimentParts.of(experiment).withDefaults(), folder);
        assertThat(faults(complete)).as(complete).isEmpty();
    }

    static Stream<Path> wholeExperiments() {
        return Stream.of("acl2021/exp1.1", "acl2021/exp3.12", "compare2021/holdout-cough", "compare2021/windowed-speech")
                .map(name -> Path.of("examples/experiments", name + ".yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        // Unknown keys, at every depth.
        "recordngs: {manifest: metadata.csv}",
        "reader: {type: ffmpeg, smapleRate: 8000}",
        "preprocessing.windows: {type: sliding-window, length: 4, step: 1}",
        "preprocessing: {windows: {type: sliding-window}}",
        "training.epoch: 5",
        "training.epochs: many",
        "preprocessing.augment[0].perPateint: 2",
        "preprocessing.augment[0].perPatient: two",
        "models.fodler: here",
        "noises.hospital.lists: noises.csv",
        "recordings: {manifets: metadata.csv}",
        "training: {type: dl4j, optimizer: {type: adam, learningrate: 0.1}}",
        "training: {type: dl4j, augmentBatches: [{type: mixup, alpha: 0.2, gamma: 1}]}",
        "preprocessing: {augment: [{type: gain, decibels: {min: -6, max: 6, mean: 0}}]}",
        "noises: {hospital: {lists: noises.csv}}",
        "decision: {operatingPoints: youden}",
        // Values of the wrong kind.
        "seed: forty-two",
        "seed: 1.5",
        "threads: [1]",
        "reader: {type: ffmpeg, sampleRate: 16 kHz}",
        "reader: ffmpeg",
        "models: models",
        "noises: hospital.csv",
        "preprocessing: {augment: noise}",
        "preprocessing: {augment: [noise]}",
        "preprocessing: {extract: {type: mfcc, logMels: maybe}}",
        "model: {type: spiraconv-v4, kernels: [five]}",
        "training: {type: dl4j, epochs: many}",
        "training: {type: dl4j, epochs: 99999999999}",
        "preprocessing: {window: {type: sliding-window, length: [4, 5], step: 1}}",
        // Unknown choices.
        "training: {type: dl4j, optimizer: {type: sgd}}",
        "preprocessing: {window: {type: sliding-window, length: 4, step: 1, shortRecordings: skip}}",
        "decision: {operatingPoint: best}",
        // Values out of their ranges.
        "threads: 0",
        "reader: {type: ffmpeg, sampleRate: 999}",
        "decision: {threshold: 50}",
        "preprocessing: {extract: {type: mfcc, fMax: 0}}",
        "preprocessing: {augment: [{type: gain, decibels: {min: -6, max: 121}}]}",
        "model: {type: spiraconv-v4, kernels: [7, 5, 3, 0]}",
        // What belongs to another type or choice.
        "preprocessing: {window: {type: pad-to-longest, length: 4}}",
        "training: {type: dl4j, schedule: {type: constant, warmupSteps: 5}}",
        "training: {type: dl4j, loss: {type: binary-cross-entropy, clipping: 0.1}}",
        "decision: {operatingPoint: youden, threshold: 0.4}"
    })
    void faultsAreRefused(String lines) throws IOException {
        assertThat(faults("extends: sound.yaml\n" + lines)).as("in a file that extends another")
                .anyMatch(fault -> fault.contains(topKey(lines)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "training: {type: dl4j, augmentBatches: [{type: mixup}]}",
        "preprocessing: {augment: [{type: gain}]}",
        "preprocessing: {augment: [{probability: 0.5}]}",
        "probes: [{type: noise-levels}]"
    })
    void aPartInAListMustBeWhole(String lines) throws IOException {
        assertThat(faults(lines)).anyMatch(fault -> fault.contains(topKey(lines)));
    }

    private static String topKey(String lines) {
        return lines.split("[:.\\[]")[0];
    }

    @Test
    void unknownNamesAndWrongKindsOfTheTableOfFaultsAreFound() throws IOException {
        List<String> missed = new ArrayList<>();
        int looked = 0;
        for (String row : Files.readAllLines(Path.of("docs/configuration-errors.md"))) {
            Matcher cells = FAULTY_ROW.matcher(row);
            if (cells.matches() && cells.group(2).matches("(?!.* is missing)(?!.*no (Noises|PretrainedWeights))"
                    + ".*( is unknown| must be an? (?!folder|address)| must be one of | must be between [-\\d.]+ and [-\\d.]+[ ,]).*")) {
                looked++;
                if (faults("extends: sound.yaml\n" + cells.group(1)).isEmpty()) {
                    missed.add(cells.group(1));
                }
            }
        }
        // It would be right for a network that the other file may name.
        assertThat(missed).containsExactly("model.kernels: [5, 5, 5, 5]");
        assertThat(looked).isGreaterThanOrEqualTo(40);
    }

    static List<ComponentProvider<?>> providers() {
        return ServiceLoader.load(ComponentProvider.class).stream()
                .<ComponentProvider<?>>map(ServiceLoader.Provider::get)
                .filter(provider -> provider.getClass().getName().startsWith("io.github.spirabr."))
                .toList();
    }

    @Test
    void itIsTheSameEveryTime() {
        assertThat(ExperimentSchema.text()).isEqualTo(ExperimentSchema.text(Components.discover()));
    }
}
