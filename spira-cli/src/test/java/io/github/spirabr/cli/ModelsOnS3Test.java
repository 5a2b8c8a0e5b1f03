package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.cli.SimulatedYear.Result;
import io.github.spirabr.cli.SimulatedYear.Row;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every command that reads a model reads it from a bucket, and trains on recordings of a bucket. */
@Tag("slow")
class ModelsOnS3Test {

    private static final String MODELS = "s3://hospital/models";

    private static final String EXPERIMENT = """
            models: {address: s3://hospital/models}
            reader: {type: ffmpeg, sampleRate: 8000}
            preprocessing:
              window: {type: sliding-window, length: 4, step: 4}
              extract: {type: mfcc, coefficients: 8, melBands: 12, fftSize: 512, windowLength: 400, hopLength: 400}
            probes: []
            model: {type: spiraconv-v2}
            training: {type: dl4j, epochs: 1, batchSize: 8}
            """;

    @RegisterExtension
    private static final LocalBucket BUCKET = new LocalBucket();

    @TempDir
    private static Path folder;

    private static Row first;

    @BeforeAll
    static void trainOnRecordingsOfABucket() throws IOException {
        StringBuilder manifest = new StringBuilder("file_path,class,subject\n");
        List<Row> all = SimulatedYear.read(Path.of("examples/demo/metadata.csv"));
        List<String> subjects = Stream.of(0, 1)
                .flatMap(label -> all.stream().filter(row -> row.label() == label).map(Row::subject).distinct().limit(5))
                .toList();
        List<Row> rows = all.stream().filter(row -> subjects.contains(row.subject()) && row.file().contains("-1.")).toList();
        rows = rows.stream().sorted(Comparator.comparing(Row::label).thenComparing(Row::file)).toList();
        for (Row row : rows) {
            String name = row.source().getFileName().toString();
            BUCKET.put("audio/" + (row.label() == 0 ? "control/" : "patient/") + row.subject() + "/" + name, row.source());
            manifest.append(row.label() == 0 ? "control/" : "patient/").append(row.subject()).append('/').append(name)
                    .append(',').append(row.label()).append(',').append(row.subject()).append('\n');
        }
        BUCKET.put("audio/metadata.csv", Files.writeString(folder.resolve("metadata.csv"), manifest));
        first = rows.get(0);
    }

    private static Result spira(String... arguments) {
        return new SimulatedYear(folder).spira(arguments);
    }

    private Result run(String name, String recordings) throws IOException {
        Path experiment = Files.writeString(
                folder.resolve(name + ".yaml"), EXPERIMENT + "modelName: " + name + "\n" + recordings);
        return spira("run", experiment.toString(), "--json");
    }

    @Test
    void aManifestAndAListingOfABucketGiveTheSameNetwork() throws IOException {
        Result ofManifest = run("manifest", "recordings: {manifest: s3://hospital/audio/metadata.csv}\n"
                + "audioCache: {folder: copies}\nevents: {folder: events}\n");
        assertThat(ofManifest.code()).as(ofManifest.err()).isZero();
        assertThat(folder.resolve("events/events.jsonl")).content().contains("{\"event\":\"epoch\"");
        assertThat(folder.resolve("events")).isDirectoryContaining("glob:**tfevents*");
        assertThat(folder.resolve("copies")).isNotEmptyDirectory();
        Result ofListing = run("listing", "recordings: {listing: s3://hospital/audio, ignorePattern: '.*\\.csv',"
                + " keyPattern: '(?<label>control|patient)/(?<subject>[^/]+)/.+'}\n");
        assertThat(ofListing.code()).as(ofListing.err()).isZero();
        ModelArtifact one = Locations.models(MODELS).load(new ModelVersion("manifest", 1));
        ModelArtifact other = Locations.models(MODELS).load(new ModelVersion("listing", 1));
        assertThat(one.file("weights.safetensors")).isEqualTo(other.file("weights.safetensors"));
    }

    @Test
    void everyCommandReadsTheModel() throws IOException {
        assertThat(run("ward", "recordings: {manifest: s3://hospital/audio/metadata.csv}\n").code()).isZero();
        Result predicted = spira("predict", first.source().toString(), "--models", MODELS, "--name", "ward", "--json");
        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(predicted.json().get("probability").isNumber()).isTrue();
        assertThat(spira("models", "tag", "ward", "1", "ward", "east", "--models", MODELS).code()).isZero();
        assertThat(spira("models", "promote", "ward", "1", "--models", MODELS).code()).isZero();
        assertThat(names(spira("models", "list", "--models", MODELS, "--json"))).contains("ward");
        assertThat(spira("models", "show", "ward", "champion", "--models", MODELS).out()).contains("ward");
        Path report = folder.resolve("report.html");
        Result reported = spira("models", "report", "ward", "champion", "--models", MODELS, "--out", report.toString());
        assertThat(reported.code()).as(reported.err()).isZero();
        assertThat(report).isNotEmptyFile();
        // The model is found and read; the module that writes the format is an extension, which is not here.
        assertThat(spira("models", "export", "ward", "champion", "--models", MODELS, "--onnx",
                folder.resolve("ward.onnx").toString()).err()).contains("needs spira-onnx");
        Result unknown = spira("predict", first.source().toString(), "--models", MODELS, "--name", "none");
        assertThat(unknown.err()).contains("there is no model called 'none' in s3://hospital/models");
        assertThat(Path.of("s3:")).doesNotExist();
    }

    private static List<String> names(Result result) throws IOException {
        JsonNode listed = new ObjectMapper().readTree(result.out());
        return listed.findValuesAsText("name");
    }
}
