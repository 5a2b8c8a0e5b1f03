package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process is killed at random moments and started again until it is done. */
@Tag("slow")
class KilledRunTest {

    @TempDir
    private Path folder;

    private Process start(String models, String checkpoints, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"),
                "io.github.spirabr.cli.Spira", "run", "examples/demo/metadata.csv",
                "--epochs", "2", "--warmup", "5", "--no-probes", "--models", folder.resolve(models).toString()));
        if (!checkpoints.isEmpty()) {
            command.addAll(List.of("--checkpoints", folder.resolve(checkpoints).toString()));
        }
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /** {@code -Dspira.kill.rounds=100} for the long campaign. */
    @Test
    void endsWithTheBitsOfARunThatWasNeverKilled() throws Exception {
        Path output = folder.resolve("output.txt");
        Process whole = start("whole", "", output);
        long began = System.nanoTime();
        assertThat(whole.waitFor()).as(Files.readString(output)).isZero();
        long millis = (System.nanoTime() - began) / 1_000_000;
        Random random = new Random(7);
        int rounds = Integer.getInteger("spira.kill.rounds", 1);
        for (int round = 0; round < rounds; round++) {
            String models = "killed" + round;
            int kills = 0;
            while (true) {
                Process process = start(models, "checkpoints" + round, output);
                // The first kills come at any moment of a whole run; then it is left alone to end.
                boolean ended = kills >= 3
                        ? process.waitFor(10, TimeUnit.MINUTES)
                        : process.waitFor(millis / 3 + random.nextInt((int) millis), TimeUnit.MILLISECONDS);
                if (ended) {
                    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
                    break;
                }
                process.destroyForcibly().waitFor();
                kills++;
            }
            for (String file : List.of("weights.f32", "model.properties", "provenance.properties")) {
                assertThat(folder.resolve(models).resolve("spira/000001/files").resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("whole/spira/000001/files").resolve(file));
            }
            assertThat(folder.resolve("checkpoints" + round)).doesNotExist();
        }
    }
}
