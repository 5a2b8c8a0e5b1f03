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

    @TempDir
    private Path folder;

    private ProcessOutput retrain(int epochs) throws IOException {
        return ProcessOutput.of(new ProcessBuilder(ProcessOutput.spira("retrain", folder.resolve("experiment.yaml"),
                "--plan", folder.resolve("plan.yaml"), "--set", "checkpoints.folder=" + folder.resolve("checkpoints"),
                "--set", "training.epochs=" + epochs, "-v")));
    }

    @Test
    void sigtermReleasesTheLeaseAndKeepsACheckpoint() throws Exception {
        SimulatedYear year = new SimulatedYear(folder);
        year.write(SimulatedYear.EXPERIMENT + "probes: []\n", SimulatedYear.PLAN);
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
