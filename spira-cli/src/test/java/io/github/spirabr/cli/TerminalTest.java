package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs at a terminal, which somebody looks at and breaks off. */
@Tag("slow")
@Timeout(900)
class TerminalTest {

    @TempDir
    private Path folder;

    private Path experiment;

    @BeforeEach
    void writeExperiment() throws IOException {
        experiment = folder.resolve("experiment.yaml");
        Files.writeString(experiment, """
                models: {folder: models}
                seed: 1
                recordings: {manifest: %s}
                training: {type: dl4j, epochs: 3, batchSize: 8}
                probes: []
                checkpoints: {folder: checkpoints}
                """.formatted(Path.of("examples/demo/metadata.csv").toAbsolutePath()) + SmallExperiment.PARTS);
    }

    @Test
    void controlCKeepsACheckpointFromWhichTheSameCommandGoesOn() throws Exception {
        try (ProcessOutput run = PseudoTerminal.spira("run", experiment.toString())) {
            run.awaitLine("parameters for 3 epochs");
            PseudoTerminal.interrupt(run);
            assertThat(run.toEnd()).contains("asked to end", "checkpoint").doesNotContain("ERROR");
            assertThat(run.process().exitValue()).isEqualTo(130);
        }
        assertThat(folder.resolve("checkpoints")).isNotEmptyDirectory();
        try (ProcessOutput resumed = PseudoTerminal.spira("run", experiment.toString())) {
            String output = resumed.toEnd();
            assertThat(resumed.process().exitValue()).as(output).isZero();
            assertThat(output).contains("going on in epoch 1", "epoch 1/3: training loss", "epoch 3/3: training loss",
                    "evaluated on 16 recordings");
            assertThat(output.lines().filter(line -> !line.startsWith("SLF4J") && !line.contains(folder.toString())).toList())
                    .noneMatch(line -> line.length() > Terminal.COLUMNS);
        }
        try (ProcessOutput whole = PseudoTerminal.spira(
                "run", experiment.toString(), "--models", folder.resolve("whole").toString())) {
            assertThat(whole.toEnd()).doesNotContain("going on in epoch");
            assertThat(whole.process().exitValue()).isZero();
        }
        String weights = "spira/000001/files/weights.safetensors";
        assertThat(folder.resolve("models").resolve(weights)).hasSameBinaryContentAs(folder.resolve("whole").resolve(weights));
    }

    @Test
    void repeatShowsEachTrainingAndGoesOnAfterControlC() throws Exception {
        try (ProcessOutput repeat = PseudoTerminal.spira("repeat", experiment.toString(), "--seeds", "1,2")) {
            repeat.awaitLine("training 1 of 2: spira-seed-1");
            repeat.awaitLine("epoch 1/3: training loss");
            PseudoTerminal.interrupt(repeat);
            assertThat(repeat.toEnd()).contains("asked to end").doesNotContain("training 2 of 2");
            assertThat(repeat.process().exitValue()).isEqualTo(130);
        }
        assertThat(folder.resolve("checkpoints/spira-seed-1")).isNotEmptyDirectory();
    }
}
