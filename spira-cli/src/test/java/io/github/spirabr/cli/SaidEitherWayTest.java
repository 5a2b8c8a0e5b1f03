package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.storage.fs.manifest.Manifest;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same experiment as a pipeline in Java and as the file that is made of it stores the same bytes. */
@Tag("slow")
class SaidEitherWayTest {

    private static final String EXPERIMENT = """
            models: {folder: models}
            modelName: ward
            seed: 7
            recordings: {manifest: metadata.csv}
            reader: {type: ffmpeg, sampleRate: 8000}
            preprocessing:
              window: {type: sliding-window, length: 4, step: 4}
              extract: {type: mfcc, coefficients: 8, melBands: 12, fftSize: 512, windowLength: 400, hopLength: 400}
            probes: []
            model: {type: spiraconv-v2}
            training: {type: dl4j, epochs: 1, batchSize: 8}
            """;

    @TempDir
    private Path folder;

    private static Map<String, byte[]> stored(TrainingPipeline pipeline, ModelRepository models) {
        ModelArtifact artifact = models.load(pipeline.run().model());
        Map<String, byte[]> files = new LinkedHashMap<>();
        artifact.fileNames().forEach(name -> files.put(name, artifact.file(name)));
        return files;
    }

    @Test
    void aPipelineInJavaAndItsFileStoreTheSameBytes() throws IOException {
        Path demo = Path.of("examples/demo").toAbsolutePath();
        StringBuilder manifest = new StringBuilder("file_path,class,subject\n");
        List<SimulatedYear.Row> rows = SimulatedYear.read(demo.resolve("metadata.csv")).stream()
                .filter(row -> row.file().contains("-1.")).toList();
        rows.forEach(row -> manifest.append(row.source()).append(',').append(row.label()).append(',').append(row.subject())
                .append('\n'));
        Path list = Files.writeString(folder.resolve("metadata.csv"), manifest);
        Path file = Files.writeString(folder.resolve("experiment.yaml"), EXPERIMENT);
        ExperimentParts ofFile = ExperimentParts.of(ExperimentFile.at(file).read());

        TrainingPipeline inJava = TrainingPipeline.builder()
                .recordings(Manifest.at(list))
                .reader(FfmpegAudioReader.builder().sampleRate(8_000).build())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(4)))
                        .extract(Mfcc.builder().coefficients(8).melBands(12).fftSize(512).windowLength(400).hopLength(400).build())
                        .build())
                .split(ofFile.split())
                .model(SpiraConv.v2())
                .trainer(Trainer.builder().epochs(1).batchSize(8).build())
                .models(FileSystemModelRepository.at(folder.resolve("models")))
                .modelName("ward")
                .seed(7)
                .build();
        assertThat(Experiment.of(inJava)).isEqualTo(ofFile.withDefaults());

        Path written = folder.resolve("written.yaml");
        ExperimentFile.write(Experiment.of(inJava), written);
        ModelRepository models = FileSystemModelRepository.at(folder.resolve("models"));
        ModelRepository others = FileSystemModelRepository.at(folder.resolve("others"));
        TrainingPipeline ofWritten = ExperimentParts.of(ExperimentFile.at(written).read())
                .applyTo(TrainingPipeline.builder()).models(others).build();
        Map<String, byte[]> expected = stored(inJava, models);
        Map<String, byte[]> actual = stored(ofWritten, others);
        assertThat(actual.keySet()).isEqualTo(expected.keySet()).isNotEmpty();
        expected.forEach((name, bytes) -> assertThat(actual.get(name)).as(name).isEqualTo(bytes));
    }
}
