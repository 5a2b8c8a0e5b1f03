package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process is killed when it writes a certain line, and started again, until it is done. */
@Tag("slow")
@Timeout(900)
class KilledRunTest {

    /** Before the training, when the checkpoint of its first epoch is kept, and when that is found. */
    private static final List<String> MOMENTS = List.of("read 96 recordings", "checkpoint after 7 steps", ", after 7 steps");

    @TempDir
    private Path folder;

    private ProcessOutput start(String models, String checkpoints) throws IOException {
        List<String> command = ProcessOutput.spira("run", "examples/demo/metadata.csv",
                "--log-level", "debug", "--epochs", 2, "--warmup", 5, "--no-probes", "--models", folder.resolve(models));
        if (!checkpoints.isEmpty()) {
            command.addAll(List.of("--checkpoints", folder.resolve(checkpoints).toString()));
        }
        return ProcessOutput.of(new ProcessBuilder(command));
    }

    @Test
    void endsWithTheBitsOfARunThatWasNeverKilled() throws Exception {
        try (ProcessOutput whole = start("whole", "")) {
            String output = whole.toEnd();
            assertThat(whole.process().exitValue()).as(output).isZero();
        }
        for (String moment : MOMENTS) {
            try (ProcessOutput killed = start("killed", "checkpoints")) {
                killed.killAt(moment);
                assertThat(killed.process().exitValue()).isNotZero();
            }
        }
        try (ProcessOutput last = start("killed", "checkpoints")) {
            String output = last.toEnd();
            assertThat(last.process().exitValue()).as(output).isZero();
            assertThat(output).containsPattern("going on in epoch [12], after 7 steps");
        }
        for (String file : List.of("weights.safetensors", "model.properties", "provenance.properties")) {
            assertThat(folder.resolve("killed/spira/000001/files").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("whole/spira/000001/files").resolve(file));
        }
        assertThat(folder.resolve("checkpoints")).doesNotExist();
    }
}
