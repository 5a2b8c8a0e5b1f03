package io.github.spirabr.tests.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.PublishedConfiguration;
import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.dataset.FileSystemPreparedDatasets;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What version 0.1 stored is read, gives the answers that it gave, and is written the same. */
class StoredFormatsTest {

    static final String SAME_BITS = "last bits of the stored answers are those of x86-64";

    /** Version 0.1 computed dense layers with OpenBLAS, which added in another order than today's kernels. */
    private static final double OF_ANOTHER_ORDER = 1e-6;

    @TempDir
    private Path folder;

    static List<String> commands() throws IOException {
        return Files.readAllLines(StoredFolder.FORMATS.resolve("commands.txt"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = SAME_BITS)
    void everyCommandAnswersAsBefore(String line) throws Exception {
        String[] words = line.split(" ");
        StoredFolder stored = StoredFolder.copy(words[0], folder.resolve("stored"));
        if (words[0].equals("year")) {
            Files.copy(stored.resolve("metadata-3.csv"), stored.resolve("metadata.csv"));
        }

        StoredFolder.Result result = stored.spira(Arrays.copyOfRange(words, 2, words.length));

        assertThat(result.code()).as(result.err()).isZero();
        List<JsonNode> before = documents(Files.readString(StoredFolder.FORMATS.resolve("answers").resolve(words[1])));
        List<JsonNode> now = documents(result.out());
        assertThat(now).hasSameSizeAs(before);
        double tolerance = words[2].equals("predict") ? OF_ANOTHER_ORDER : 0;
        for (int i = 0; i < before.size(); i++) {
            assertThat(known(now.get(i), before.get(i), tolerance)).isEqualTo(before.get(i));
        }
    }

    /** Returns an answer without the fields that a later version added, and with the earlier values where they are close. */
    private static JsonNode known(JsonNode answer, JsonNode before, double tolerance) {
        if (answer.isDouble() && before.isDouble() && Math.abs(answer.doubleValue() - before.doubleValue()) <= tolerance) {
            return before;
        }
        if (answer instanceof ObjectNode fields && before instanceof ObjectNode) {
            ObjectNode kept = fields.objectNode();
            before.fieldNames().forEachRemaining(name -> {
                if (fields.has(name)) {
                    kept.set(name, known(fields.get(name), before.get(name), tolerance));
                }
            });
            return kept;
        }
        if (answer instanceof ArrayNode items && before instanceof ArrayNode && items.size() == before.size()) {
            ArrayNode kept = items.arrayNode();
            for (int i = 0; i < items.size(); i++) {
                kept.add(known(items.get(i), before.get(i), tolerance));
            }
            return kept;
        }
        return answer;
    }

    private static List<JsonNode> documents(String text) throws IOException {
        try (var values = new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return values.readAll();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"experiment 1", "experiment 2", "experiment 4", "year 1", "year 2", "year 3"})
    void aModelThatIsSavedAgainKeepsItsBytes(String version) throws IOException {
        Path models = StoredFolder.FORMATS.resolve(version.split(" ")[0]).resolve("models");
        ModelVersion stored = new ModelVersion("spira", Integer.parseInt(version.split(" ")[1]));

        FileSystemModelRepository again = FileSystemModelRepository.at(folder);
        ModelVersion saved = again.save("spira", FileSystemModelRepository.at(models).load(stored));

        assertSameFiles(Path.of(again.location(saved)).resolve("files"),
                models.resolve("spira/00000" + stored.number() + "/files"));
    }

    private static void assertSameFiles(Path actual, Path expected) throws IOException {
        assertThat(StoredFolder.files(actual)).isEqualTo(StoredFolder.files(expected)).isNotEmpty();
        for (String file : StoredFolder.files(expected)) {
            assertThat(StoredFolder.content(actual.resolve(file))).as(file)
                    .isEqualTo(Files.readString(expected.resolve(file), StandardCharsets.ISO_8859_1));
        }
    }

    /** The catalog is written in its form of now; what it says stays. */
    @Test
    void aCatalogSaysTheSameWhenItIsWrittenAgain() throws IOException {
        StoredFolder.copy(StoredFolder.FORMATS.resolve("experiment/models"), folder);
        FileSystemModelRepository models = FileSystemModelRepository.at(folder);
        ModelVersion first = new ModelVersion("spira", 1);
        List<AliasChange> champions = models.history("spira", "champion");
        assertThat(champions).extracting(AliasChange::to).containsExactly(1, 2, 1);
        byte[] before = Files.readAllBytes(folder.resolve("spira/catalog.json"));

        models.tag(first, "city", "Campinas");

        assertThat(Files.readAllBytes(folder.resolve("spira/catalog.json"))).isNotEqualTo(before);
        assertThat(models.history("spira", "champion")).isEqualTo(champions);
        assertThat(models.aliases("spira")).isEqualTo(Map.of("champion", first, "challenger", new ModelVersion("spira", 4)));
        assertThat(models.show(first).tags()).containsOnlyKeys("city", "hospital");
        assertThat(models.versions("spira")).extracting(ModelVersion::number).containsExactly(1, 2, 4);
        assertThat(models.save("spira", models.load(first)).number()).isEqualTo(5);
    }

    @Test
    void aPreparedDatasetThatIsSavedAgainKeepsItsBytes() throws IOException {
        Path features = StoredFolder.FORMATS.resolve("experiment").resolve("work").resolve("features");
        FileSystemPreparedDatasets stored = FileSystemPreparedDatasets.at(features);
        FileSystemPreparedDatasets again = FileSystemPreparedDatasets.at(folder);
        assertThat(stored.names()).hasSize(3);
        for (String name : stored.names()) {
            try (PreparedDataset dataset = stored.open(name)) {
                again.save(name, dataset.fingerprint(),
                        IntStream.range(0, dataset.entries().size()).mapToObj(dataset::read).iterator());
            }
        }
        assertSameFiles(folder, features);
    }

    @Test
    void anExperimentInLayersIsReadAsBefore() throws IOException {
        Path configuration = StoredFolder.FORMATS.resolve("configuration");
        Experiment layered = ExperimentFile.at(configuration.resolve("layered.yaml"))
                .environment(Map.of()).withoutFiles().read();

        Experiment again = ExperimentFile.at(configuration.resolve("layered.read.yaml")).withoutFiles().read();

        String before = Files.readString(configuration.resolve("layered.read.yaml"));
        assertThat(plainNumbers(ExperimentFile.text(layered, configuration))).isEqualTo(plainNumbers(before));
        assertThat(plainNumbers(ExperimentFile.text(again, configuration))).isEqualTo(plainNumbers(before));
    }

    /** A number below a thousandth may be written in several ways, 0.0005 as 0.00050, and keeps the one that a file has. */
    private static String plainNumbers(String text) {
        return text.replace("0.00050", "0.0005").replace("\"0.0005\"", "0.0005");
    }

    @Test
    void aPublishedConfigurationIsReadAsBefore() {
        Path configuration = StoredFolder.FORMATS.resolve("configuration");
        Experiment published = PublishedConfiguration.read(configuration.resolve("published.json").toAbsolutePath()).experiment();

        assertThat(ExperimentFile.at(configuration.resolve("published.read.yaml")).withoutFiles().read()).isEqualTo(published);
    }
}
