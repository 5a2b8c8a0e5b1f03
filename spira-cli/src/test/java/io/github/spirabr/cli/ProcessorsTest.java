package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.cli.SimulatedYear.Row;
import io.github.spirabr.core.continuous.RoundListener;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/**
 * SpiraConv gives the same bits on every processor. OpenBLAS, which other networks use, chooses its kernels by the processor,
 * and the variable {@code OPENBLAS_CORETYPE} makes it take those of another.
 */
@Timeout(900)
@Tag("slow")
@EnabledOnOs(architectures = {"amd64", "x86_64"}, disabledReason = "OPENBLAS_CORETYPE names processors of x86-64 only")
class ProcessorsTest {

    private static final List<String> PROCESSORS = List.of("Prescott", "Haswell", "SkylakeX");
    private static final Path DEMO = Path.of("examples/demo").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void weightsAndAnswersOfTheDemoAreEqual() throws Exception {
        List<Map<String, byte[]>> weights = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        for (String processor : PROCESSORS) {
            Path models = folder.resolve(processor);
            spira(processor, "run", DEMO.resolve("metadata.csv"), "--epochs", 2, "--models", models);
            weights.add(files(models.resolve("spira/000001/files")));
            answers.add(spira(processor, "predict", "--models", models, "--json",
                    DEMO.resolve("audio/subject-15-1.ogg")));
        }
        for (int i = 1; i < PROCESSORS.size(); i++) {
            assertThat(weights.get(i)).as(PROCESSORS.get(i)).hasSameSizeAs(weights.get(0)).containsKey("weights.safetensors");
            for (Map.Entry<String, byte[]> file : weights.get(0).entrySet()) {
                assertThat(weights.get(i).get(file.getKey())).as(PROCESSORS.get(i) + " " + file.getKey())
                        .isEqualTo(file.getValue());
            }
            assertThat(answers.get(i)).isEqualTo(answers.get(0));
        }
    }

    @Test
    void aRoundThatStopsDeadOnOneProcessorIsCompletedOnAnother() throws Exception {
        SimulatedYear year = new SimulatedYear(folder);
        year.write(SimulatedYear.EXPERIMENT, SimulatedYear.PLAN);
        List<Row> all = SimulatedYear.read(DEMO.resolve("metadata.csv"));
        year.arrive(all);
        year.writeManifest();

        round("Prescott", RoundListener.Step.TRAINED, 1);
        assertThat(FileSystemModelRepository.at(folder.resolve("models")).versions("spira")).hasSize(1);
        round("SkylakeX", RoundListener.Step.RELEASED, 2);

        FileSystemModelRepository models = FileSystemModelRepository.at(folder.resolve("models"));
        assertThat(models.find("spira", "champion")).contains(new ModelVersion("spira", 1));
        assertThat(models.versions("spira")).hasSize(1);
    }

    private void round(String processor, RoundListener.Step last, int hours) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = HaltingRound.start(Map.of("OPENBLAS_CORETYPE", processor), folder.resolve("experiment.yaml"),
                folder.resolve("plan.yaml"), last, hours, output);
        assertThat(process.waitFor()).as(Files.readString(output)).isEqualTo(HaltingRound.HALTED);
    }

    private String spira(String processor, Object... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(ProcessOutput.spira(arguments))
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("OPENBLAS_CORETYPE", processor);
        assertThat(builder.start().waitFor()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }

    private static Map<String, byte[]> files(Path version) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (var all = Files.list(version)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
