package io.github.spirabr.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.onnx.OnnxExporter;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import io.github.spirabr.storage.fs.manifest.Manifest;
import io.github.spirabr.storage.fs.npy.NpyFile;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Python that pages show runs, and says what this library says. Needs a Python with numpy and onnxruntime: {@code python3},
 * or the one that the environment variable {@code SPIRA_PYTHON} names; skipped without one.
 */
@Tag("slow")
class PythonBlocksTest {

    private static final String PYTHON = Optional.ofNullable(System.getenv("SPIRA_PYTHON")).orElse("python3");
    private static final Path RECORDING = Path.of("examples/demo/audio/subject-01-1.wav");

    @TempDir
    private Path folder;

    private record Outcome(int code, String output) {}

    /** Warnings are failures, as a division by zero is one. */
    private Outcome python(String code) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(PYTHON, "-W", "error", "-c", code)
                .directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output.strip());
    }

    private void requirePython() throws InterruptedException {
        boolean there;
        try {
            there = python("import numpy, onnxruntime").code() == 0;
        } catch (IOException e) {
            there = false;
        }
        assumeTrue(there, PYTHON + " with numpy and onnxruntime is not at hand; SPIRA_PYTHON names another one");
    }

    private static String block(String page) throws IOException {
        List<String> blocks = Page.all().stream().filter(one -> one.file().endsWith(page)).flatMap(one -> one.blocks().stream())
                .filter(block -> block.language().equals("python")).map(Page.Block::code).toList();
        assertThat(blocks).hasSize(1);
        return blocks.get(0);
    }

    @Test
    void theGuidesOfOtherEnginesHavePython() throws IOException {
        List<String> pages = new ArrayList<>();
        for (Page page : Page.all()) {
            page.blocks().stream().filter(block -> block.language().equals("python"))
                    .forEach(block -> pages.add(page.file().getFileName().toString()));
        }
        assertThat(pages).containsExactlyInAnyOrder("onnx.md", "pytorch.md", "lists.md", "encoders.md");
    }

    @Test
    void theOnnxGuideSaysWhatThePredictorSays() throws IOException, InterruptedException {
        requirePython();
        ModelRepository models = FileSystemModelRepository.at(folder.resolve("models"));
        FfmpegAudioReader reader = FfmpegAudioReader.builder().sampleRate(16_000).build();
        Preprocessing preprocessing = Preprocessing.builder()
                .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .extract(Mfcc.builder().coefficients(13).melBands(40).fftSize(512).windowLength(400).hopLength(160).build())
                .build();
        ModelVersion version = TrainingPipeline.builder()
                .recordings(Manifest.at(Path.of("examples/demo/metadata.csv")))
                .reader(reader).preprocessing(preprocessing).model(SpiraConv.v2())
                .trainer(Trainer.builder().epochs(1).build()).models(models).calibrate(true).build().run().model();
        try (Predictor predictor = Predictor.open(models, version)) {
            assertThat(predictor.decision().calibration().temperature()).isNotEqualTo(1);
            for (Map.Entry<String, byte[]> file : new OnnxExporter().files("spira.onnx", predictor).entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            new ObjectMapper().writeValue(folder.resolve("spira.onnx.json").toFile(), predictor.description());
            List<FeatureMatrix> features = preprocessing.features(reader.read("one", FileAudioSource.of(RECORDING)));
            NpyFile.write(folder.resolve("recording.npy"), features);
            Prediction expected = predictor.predict("one", FileAudioSource.of(RECORDING));
            says(expected.probability().orElseThrow(), predictor.decision().threshold());

            for (float level : new float[] {1e6f, -1e6f}) {
                NpyFile.write(folder.resolve("recording.npy"), List.of(saturating(features.get(0), level)));
                double window = Double.parseDouble(python(block("onnx.md") + "\nprint(float(windows[0]))")
                        .output().lines().reduce((one, other) -> other).orElseThrow());
                says(predictor.decision().probability(new double[] {window}), predictor.decision().threshold());
            }
        }
    }

    private static FeatureMatrix saturating(FeatureMatrix like, float level) {
        float[] values = new float[like.frames() * like.features()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2 == 0 ? level : -level;
        }
        return FeatureMatrix.of(like.frames(), like.features(), values);
    }

    private void says(double probability, double threshold) throws IOException, InterruptedException {
        Outcome run = python(block("onnx.md"));
        assertThat(run.code()).as(run.output()).isZero();
        String[] words = run.output().split(" ");
        assertThat(Double.parseDouble(words[0])).isCloseTo(probability, within(1e-5));
        assertThat(words[1]).isEqualTo(probability >= threshold ? "True" : "False");
    }
}
