package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.cli.SimulatedYear.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A round that a scheduler stops by SIGTERM gives its lease back and keeps its checkpoint; the next call goes on at once. */
@Timeout(900)
@Tag("slow")
class StoppedRoundTest {

    private static final String EXPERIMENT = """
            models: {folder: models}
            recordings: {manifest: metadata.csv}
            reader: {type: ffmpeg, sampleRate: 8000}
            preprocessing:
              window: {type: sliding-window, length: 4, step: 4}
              extract: {type: mfcc, coefficients: 8, melBands: 20, fftSize: 512, windowLength: 400, hopLength: 400}
            model: {type: spiraconv-v2}
            training: {type: dl4j, epochs: 200, batchSize: 8}
            probes: []
            """;

    private static final String PLAN = """
            gate: {subjects: 1, evidence: estimate, replicates: 100, notWorse: {auroc: 1}}
            data: {labelCheck: false}
            """;

    @TempDir
    private Path folder;

    private ProcessOutput retrain(int epochs) throws IOException {
        return ProcessOutput.of(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                "io.github.spirabr.cli.Spira", "retrain", folder.resolve("experiment.yaml").toString(),
                "--plan", folder.resolve("plan.yaml").toString(), "--set", "checkpoints.folder=" + folder.resolve("checkpoints"),
                "--set", "training.epochs=" + epochs, "-v"));
    }

    @Test
    void sigtermReleasesTheLeaseAndKeepsACheckpoint() throws Exception {
        SimulatedYear year = new SimulatedYear(folder);
        year.write(EXPERIMENT, PLAN);
        List<Row> all = SimulatedYear.read(Path.of("examples/demo/metadata.csv"));
        year.arrive(all.subList(0, 48));
        year.writeManifest();
        try (ProcessOutput stopped = retrain(200)) {
            stopped.awaitLine("epoch 2/200: ");
            stopped.process().toHandle().destroy();
            assertThat(stopped.toEnd()).contains("asked to end").doesNotContain("ERROR", "Exception");
            assertThat(stopped.process().exitValue()).isEqualTo(143);
        }
        assertThat(folder.resolve("checkpoints")).isNotEmptyDirectory();
        try (ProcessOutput next = retrain(200)) {
            next.awaitLine("going on in epoch ");
            next.process().toHandle().destroy();
            assertThat(next.toEnd()).doesNotContain("is under way", "ERROR");
        }
        try (ProcessOutput last = retrain(3)) {
            String output = last.toEnd();
            assertThat(last.process().exitValue()).as(output).isZero();
            assertThat(output).contains("spira version 1");
        }
    }
}
