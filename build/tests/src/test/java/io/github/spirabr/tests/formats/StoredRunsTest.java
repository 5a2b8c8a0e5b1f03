package io.github.spirabr.tests.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.core.model.CheckpointStore.Checkpoint;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import io.github.spirabr.storage.fs.registry.FileSystemCheckpointStore;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs and rounds that version 0.1 did or began give the same bytes when they are done again or go on. Weights are an
 * exception: version 0.1 computed dense layers with OpenBLAS, in another order of operations. What today's kernels compute is
 * kept in {@code formats/computed}, which {@code -Dspira.stored-runs=write} writes anew.
 */
@Tag("slow")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = StoredFormatsTest.SAME_BITS)
class StoredRunsTest {

    private static final Pattern DRAWN = Pattern.compile(
            "renewals=[0-9]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|"
                    + "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}(\\\\?:[0-9]{2}){1,2}(\\.[0-9]+)?Z");

    /** Files of a model in which a later version may tell more. */
    private static final Set<String> MAY_SAY_MORE =
            Set.of("certificate.properties", "provenance.properties", "report.json");

    /** Metric and value, and both ends of the interval. */
    private static final Pattern ESTIMATE = Pattern.compile("(\\b[A-Z][A-Z_0-9]+\t[^\t]+)\t[^\t]+\t[^\t]+");

    private static final boolean WRITE = "write".equals(System.getProperty("spira.stored-runs"));

    @TempDir
    private Path folder;

    /** Writes what was computed, without pages, if it is asked for. */
    private static void keep(Path computed, String name) throws IOException {
        if (!WRITE) {
            return;
        }
        Path kept = StoredFolder.COMPUTED.resolve(name);
        Files.createDirectories(kept);
        for (String file : StoredFolder.files(kept)) {
            Files.delete(kept.resolve(file));
        }
        for (String file : StoredFolder.files(computed)) {
            if (!file.endsWith(".html") && !file.endsWith(".md")) {
                Files.createDirectories(kept.resolve(file).getParent());
                Files.copy(computed.resolve(file), kept.resolve(file));
            }
        }
    }

    @Test
    void theSameExperimentGivesTheSameFilesAndGoesOnFromStoredOnes() throws Exception {
        StoredFolder stored = withoutBaseline(StoredFolder.copy("experiment", folder.resolve("experiment")));
        StoredFolder.Result run = stored.spira(
                "run", "experiment.yaml", "--models", "models-again", "--work", "work-again", "--again");
        assertThat(run.code()).as(run.err()).isZero();
        keep(stored.resolve("models-again/spira/000001"), "experiment/model");
        keep(stored.resolve("work-again/outcomes"), "experiment/outcomes");
        Path computed = StoredFolder.COMPUTED.resolve("experiment");
        assertSameModel(stored.resolve("models-again/spira/000001"), computed.resolve("model"), false);

        Map<String, String> again = sameKinds(computed.resolve("outcomes"), stored.resolve("work-again/outcomes"));
        Map<String, String> outcomes = sameKinds(stored.resolve("work/outcomes"), stored.resolve("work-again/outcomes"));
        Map<String, String> features = sameKinds(stored.resolve("work/features"), stored.resolve("work-again/features"));
        features.forEach((before, now) -> assertThat(stored.resolve("work-again/features/" + now + "/features.bin"))
                .hasSameBinaryContentAs(stored.resolve("work/features/" + before + "/features.bin")));
        for (Map.Entry<String, String> outcome : again.entrySet()) {
            Path before = computed.resolve("outcomes/" + outcome.getKey());
            Path now = stored.resolve("work-again/outcomes/" + outcome.getValue());
            assertThat(contents(now)).isEqualTo(contents(before));
            for (String file : contents(before)) {
                if (file.endsWith("/audit.properties")) {
                    assertThat(Files.readAllLines(now.resolve(file))).containsSubsequence(
                            Files.readAllLines(before.resolve(file)));
                } else if (file.matches(".*/(figures|probes)\\b.*")) {
                    assertThat(estimates(now.resolve(file))).as(file).isEqualTo(estimates(before.resolve(file)));
                } else {
                    assertThat(now.resolve(file)).hasSameBinaryContentAs(before.resolve(file));
                }
            }
        }
        theOutcomesOfStagesAreTakenUp(stored, outcomes, features);
        theCheckpointIsTakenUp(stored, outcomes);
    }

    /** Returns metrics with their values, without their intervals; of probes the names and findings. */
    private static List<String> estimates(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(line -> file.endsWith("probes.tsv")
                ? line.split("\t")[0] + " " + line.split("\t")[2]
                : ESTIMATE.matcher(line).replaceAll("$1")).toList();
    }

    /** Returns the files that a version holds; its manifest and the catalog have forms of their own. */
    private static List<String> contents(Path outcome) throws IOException {
        return StoredFolder.files(outcome).stream().filter(name -> name.contains("/files/")).toList();
    }

    /** The stored runs are of a version that compared no network with a baseline. */
    private static StoredFolder withoutBaseline(StoredFolder stored) throws IOException {
        Files.writeString(stored.resolve("experiment.yaml"), "\nbaseline: false\n", StandardOpenOption.APPEND);
        return stored;
    }

    /** Stages are named by all that they depend on, the code included: what was stored gets the names of now. */
    private static Map<String, String> sameKinds(Path before, Path now) throws IOException {
        Map<String, String> byKind = new HashMap<>();
        names(now).forEach(name -> byKind.put(kind(name), name));
        Map<String, String> same = new TreeMap<>();
        for (String name : names(before)) {
            assertThat(byKind).containsKey(kind(name));
            same.put(name, byKind.remove(kind(name)));
        }
        assertThat(byKind).isEmpty();
        return same;
    }

    private static String kind(String name) {
        return name.substring(0, name.lastIndexOf('-'));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(one -> one.getFileName().toString()).sorted().toList();
        }
    }

    private static void theOutcomesOfStagesAreTakenUp(
            StoredFolder stored, Map<String, String> outcomes, Map<String, String> features) throws Exception {
        for (Map.Entry<String, String> one : outcomes.entrySet()) {
            StoredFolder.copy(stored.resolve("work/outcomes/" + one.getKey()),
                    stored.resolve("work-stored/outcomes/" + one.getValue()));
        }
        for (Map.Entry<String, String> one : features.entrySet()) {
            StoredFolder.copy(stored.resolve("work/features/" + one.getKey()),
                    stored.resolve("work-stored/features/" + one.getValue()));
        }
        List<String> before = StoredFolder.files(stored.resolve("work-stored"));

        StoredFolder.Result taken = stored.spira(
                "run", "experiment.yaml", "--models", "models-stored", "--work", "work-stored");

        assertThat(taken.err()).doesNotContain("epoch 1/2");
        assertThat(StoredFolder.files(stored.resolve("work-stored"))).isEqualTo(before);
        assertSameModel(stored.resolve("models-stored/spira/000001"), stored.resolve("models/spira/000001"), true);
    }

    /** A checkpoint says which training it is of; it is given the training's name of now. */
    private static void theCheckpointIsTakenUp(StoredFolder stored, Map<String, String> outcomes) throws Exception {
        String before = outcomes.keySet().stream().filter(name -> name.startsWith("train-")).findFirst().orElseThrow();
        Checkpoint checkpoint = FileSystemCheckpointStore.at(stored.resolve("checkpoints")).latest().orElseThrow().checkpoint();
        Map<String, byte[]> files = new HashMap<>();
        checkpoint.files().forEach((name, bytes) -> files.put(name, new String(bytes, StandardCharsets.ISO_8859_1)
                .replace(identity(before), identity(outcomes.get(before))).getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(files.get("progress.bin")).isNotEqualTo(checkpoint.files().get("progress.bin"));
        FileSystemCheckpointStore.at(stored.resolve("checkpoints-now"))
                .save(new Checkpoint(checkpoint.step(), checkpoint.best(), files));

        StoredFolder.Result ended = stored.spira("run", "experiment.yaml", "--set", "work=",
                "--set", "checkpoints.folder=checkpoints-now", "--models", "models-ended");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).containsPattern("going on in epoch [12], after 3 steps");
        keep(stored.resolve("models-ended/spira/000001"), "experiment/ended");
        assertSameModel(stored.resolve("models-ended/spira/000001"), StoredFolder.COMPUTED.resolve("experiment/ended"), false);
    }

    private static String identity(String name) {
        return name.substring(name.lastIndexOf('-') + 1);
    }

    private static void assertSameModel(Path actual, Path expected, boolean bounds) throws IOException {
        Map<String, String> now = StoredFolder.modelFiles(actual, bounds);
        for (Map.Entry<String, String> file : StoredFolder.modelFiles(expected, bounds).entrySet()) {
            if (MAY_SAY_MORE.contains(file.getKey())) {
                assertThat(now.get(file.getKey()).lines()).as(file.getKey())
                        .containsSubsequence(file.getValue().lines().toList());
            } else {
                assertThat(now.get(file.getKey())).as(file.getKey()).isEqualTo(file.getValue());
            }
        }
    }

    @Test
    void theSameRoundsLeaveTheSameJournalAndModels() throws Exception {
        StoredFolder stored = withoutBaseline(StoredFolder.copy("year", folder.resolve("year")));
        Files.move(stored.resolve("journal"), stored.resolve("journal-stored"));
        Files.move(stored.resolve("models"), stored.resolve("models-stored"));

        for (String inputs : List.of("metadata-1.csv plan.yaml", "metadata-2.csv plan.yaml", "metadata-3.csv strict.yaml",
                "metadata-3.csv plan.yaml", "metadata-3.csv plan.yaml")) {
            StoredFolder.Result round = round(stored, inputs.split(" ")[0], inputs.split(" ")[1]);
            assertThat(round.code()).as(round.err()).isIn(0, 3);
        }

        keep(stored.resolve("journal"), "year/journal");
        keep(stored.resolve("models"), "year/models");
        Path journal = StoredFolder.COMPUTED.resolve("year/journal");
        Path models = StoredFolder.COMPUTED.resolve("year/models");
        assertThat(StoredFolder.files(stored.resolve("journal")))
                .isEqualTo(StoredFolder.files(stored.resolve("journal-stored"))).isEqualTo(StoredFolder.files(journal));
        for (String document : StoredFolder.files(journal)) {
            // A later form may say more.
            assertThat(undated(stored.resolve("journal").resolve(document))).as(document)
                    .containsSubsequence(undated(journal.resolve(document)));
        }
        assertThat(champions(stored.resolve("models"))).isEqualTo(champions(models)).containsExactly(1, 2);
        for (int version = 1; version <= 3; version++) {
            assertSameModel(stored.resolve("models/spira/00000" + version), models.resolve("spira/00000" + version), false);
        }
    }

    private static List<Integer> champions(Path models) {
        return FileSystemModelRepository.at(models).history("spira", "champion").stream().map(AliasChange::to).toList();
    }

    /** Without times and the hashes over them, ids that are drawn, renewals of the lease, sentences and the ends of intervals. */
    private static List<String> undated(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> StoredFolder.isComparable(line, false) && !line.startsWith("contentSha256="))
                .map(line -> DRAWN.matcher(line).replaceAll("DRAWN")).toList();
    }

    @Test
    void theJournalsNextRoundGoesOn() throws Exception {
        StoredFolder stored = withoutBaseline(StoredFolder.copy("year", folder.resolve("year")));
        StoredFolder.Result idle = round(stored, "metadata-3.csv", "plan.yaml");
        assertThat(idle.code()).as(idle.err()).isEqualTo(3);
        JsonNode same = new ObjectMapper().readTree(idle.out());
        assertThat(same.get("outcome").asText()).isEqualTo("NOTHING_NEW");
        assertThat(same.get("round").asInt()).isEqualTo(4);
        assertThat(same.get("times").asInt()).isEqualTo(3);

        Files.writeString(stored.resolve("metadata-4.csv"), Files.readString(stored.resolve("metadata-3.csv"))
                + "audio/subject-22-1.ogg,1,subject-22,F\naudio/subject-19-1.ogg,0,subject-19,F\n");
        StoredFolder.Result next = round(stored, "metadata-4.csv", "plan.yaml");
        assertThat(next.code()).as(next.err()).isZero();
        JsonNode promoted = new ObjectMapper().readTree(next.out());
        assertThat(promoted.get("outcome").asText()).isEqualTo("PROMOTED");
        assertThat(promoted.get("round").asInt()).isEqualTo(5);
        assertThat(promoted.get("champion").asInt()).isEqualTo(2);
        assertThat(promoted.get("challenger").asInt()).isEqualTo(4);
        for (int number = 1; number <= 3; number++) {
            String document = "journal/round-00000" + number + ".document";
            assertThat(stored.resolve(document)).hasSameBinaryContentAs(StoredFolder.FORMATS.resolve("year").resolve(document));
        }
    }

    private static StoredFolder.Result round(StoredFolder stored, String manifest, String plan) throws Exception {
        Files.copy(stored.resolve(manifest), stored.resolve("metadata.csv"), StandardCopyOption.REPLACE_EXISTING);
        return stored.spira("retrain", "experiment.yaml", "--plan", plan, "--holder", "nightly", "--json");
    }

    /** The commands of the README, and the same with two epochs. */
    @ParameterizedTest
    @CsvSource({"run-two-epochs.sha256, --epochs 2", "run-readme.sha256, --epochs 30"})
    void theDemoGivesTheSameFiles(String checksums, String options) throws Exception {
        StoredFolder stored = StoredFolder.copy("configuration", folder.resolve("demo"));
        StoredFolder.copy(Path.of("examples/demo"), stored.resolve("examples/demo"));

        StoredFolder.Result run = stored.spira(
                "run", "examples/demo/metadata.csv", options.split(" ")[0], options.split(" ")[1]);

        assertThat(run.code()).as(run.err()).isZero();
        Path files = stored.resolve("models/spira/000001/files");
        StringBuilder lines = new StringBuilder();
        for (String name : StoredFolder.files(files)) {
            // The others hold the identity of the run or sentences for people, or may say more.
            if (!name.endsWith(".html") && !name.endsWith(".md") && !MAY_SAY_MORE.contains(name)) {
                byte[] content = Files.readAllBytes(files.resolve(name));
                lines.append(FileDigest.of(content).sha256()).append("  ").append(name).append('\n');
            }
        }
        Path kept = StoredFolder.COMPUTED.resolve(checksums);
        if (WRITE) {
            Files.writeString(kept, lines);
        }
        assertThat(kept).hasContent(lines.toString());
    }
}
