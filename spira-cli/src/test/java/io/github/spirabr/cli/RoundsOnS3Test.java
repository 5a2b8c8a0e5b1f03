package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.spirabr.cli.SimulatedYear.Result;
import io.github.spirabr.cli.SimulatedYear.Row;
import io.github.spirabr.config.StoragePlace;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rounds by the command whose models, journal and work are in a bucket: nothing but recordings is on this machine. */
@Tag("slow")
class RoundsOnS3Test {

    @RegisterExtension
    private static final LocalBucket BUCKET = new LocalBucket();

    private static final String EXPERIMENT = """
            models: {address: s3://hospital/models}
            work: {address: s3://hospital/stages/}
            recordings: {manifest: metadata.csv}
            reader: {type: ffmpeg, sampleRate: 8000}
            preprocessing:
              window: {type: sliding-window, length: 4, step: 4}
              extract: {type: mfcc, coefficients: 8, melBands: 12, fftSize: 512, windowLength: 400, hopLength: 400}
            probes: []
            model: {type: spiraconv-v2}
            training: {type: dl4j, epochs: 2, batchSize: 8}
            """;

    private static final String PLAN = """
            gate: {subjects: 1, evidence: estimate, replicates: 200, notWorse: {auroc: 1}}
            journal: s3://hospital/rounds/spira
            """;

    @TempDir
    private Path folder;

    private SimulatedYear year;

    private JsonNode round(int code, String outcome) throws IOException {
        Result result = year.round();
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.json().get("outcome").asText()).as(result.out()).isEqualTo(outcome);
        return result.json();
    }

    /** The first subjects of each class, with one of their recordings, or with another one. */
    private static List<Row> portion(String recording) throws IOException {
        List<Row> all = SimulatedYear.read(Path.of("examples/demo/metadata.csv"));
        List<String> subjects = Stream.of(0, 1)
                .flatMap(label -> all.stream().filter(row -> row.label() == label).map(Row::subject).distinct().limit(5))
                .toList();
        return all.stream().filter(row -> subjects.contains(row.subject()) && row.file().contains(recording)).toList();
    }

    @Test
    void roundsGoFromAFirstChampionToAPromotionAndARejection() throws IOException {
        year = new SimulatedYear(folder);
        year.write(EXPERIMENT, PLAN);
        year.arrive(portion("-1."));
        round(0, "FIRST_CHAMPION");
        assertThat(round(3, "NOTHING_NEW").get("challenger").isNull()).isTrue();

        year.arrive(portion("-2."));
        JsonNode promoted = round(0, "PROMOTED");
        assertThat(promoted.get("challenger").asInt()).isEqualTo(2);
        assertThat(promoted.get("data").get("newRecordings").asInt()).isEqualTo(10);

        year.write(EXPERIMENT, PLAN.replace("notWorse: {auroc: 1}", "atLeast: {auroc: 1, sensitivity: 1, specificity: 1}"));
        year.arrive(portion("-3."));
        assertThat(round(0, "REJECTED").get("challenger").asInt()).isEqualTo(3);

        ModelRepository models = new StoragePlace("s3://hospital/models").models();
        assertThat(models.versions("spira")).extracting(ModelVersion::number).containsExactly(1, 2, 3);
        assertThat(models.find("spira", "champion")).contains(new ModelVersion("spira", 2));
        assertThat(new StoragePlace("s3://hospital/rounds/spira").journal().names("round-")).hasSize(4);
        assertThat(new StoragePlace("s3://hospital/stages/outcomes").models().names()).isNotEmpty();
        Result history = year.spira("retrain", "history", folder.resolve("experiment.yaml").toString(), "--plan",
                folder.resolve("plan.yaml").toString(), "--json");
        assertThat(history.json().findValuesAsText("round")).containsExactly("1", "2", "3", "4");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("audio", "experiment.yaml", "metadata.csv", "plan.yaml");
        }
    }
}
