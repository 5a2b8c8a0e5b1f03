package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sweep in processes of its own, which are killed in between. */
@Tag("slow")
@Timeout(3600)
class SweepCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        Path demo = Path.of("examples/demo").toAbsolutePath();
        List<String> lines = new ArrayList<>(List.of("file_path,class,subject"));
        Files.readAllLines(demo.resolve("metadata.csv")).stream().skip(1).map(line -> line.split(","))
                .filter(row -> row[0].matches(".*-1\\.[a-z0-9]+"))
                .forEach(row -> lines.add(demo.resolve(row[0]) + "," + row[1] + "," + row[2]));
        Files.write(folder.resolve("some.csv"), lines);
        Files.writeString(folder.resolve("experiment.yaml"), """
                modelName: swept
                models: {folder: models}
                seed: 1
                recordings: {manifest: some.csv}
                training: {type: dl4j, epochs: 1, batchSize: 8}
                probes: []
                """ + SmallExperiment.PARTS);
    }

    private Path sweep(String... lines) throws IOException {
        return Files.writeString(folder.resolve("sweep.yaml"), String.join("\n", lines) + "\n");
    }

    @Test
    void aKilledSweepGoesOnAndItsWinnerCanBeTrainedAgain() throws Exception {
        Path sweep = sweep("experiment: experiment.yaml", "metric: log-loss", "space:",
                "  training.batchSize: [4, 8]", "  training.optimizer: [{type: adam, learningRate: 0.001}, {type: adam,"
                        + " learningRate: 0.01}]");
        try (ProcessOutput killed = ProcessOutput.start("sweep", sweep)) {
            assertThat(killed.killAt("training 2 of 4: point 2 (batchSize 4, optimizer {type: adam, learningRate: 0.01})"))
                    .doesNotContain("training 4 of 4");
        }
        assertThat(folder.resolve("models")).as("nothing is tested yet").doesNotExist();
        String output = ProcessOutput.finish("sweep", sweep);
        assertThat(output).contains("round 1: 4 trainings", "training 4 of 4: ", "it is tested now", "saved swept version 1",
                "4 points by log-loss of the validation set, 4 epochs of training in all:",
                "The winner on the test set: AUROC ", "Kept in " + folder.resolve("swept-sweep"));
        assertThat(output.lines().filter(line -> line.equals("stage evaluate"))).as("one answer").hasSize(1);
        Path kept = folder.resolve("swept-sweep");
        assertThat(Files.readAllLines(kept.resolve("points.csv"), StandardCharsets.UTF_8)).hasSize(5)
                .first().isEqualTo("point,training.batchSize,training.optimizer,round,epochs,trainings,log_loss,deviation,faults");
        assertThat(Files.readString(kept.resolve("report.html"))).contains("Report of a sweep", "All points, the best first");
        ProcessOutput.finish("run", kept.resolve("winner.yaml"), "--set", "models.folder=" + folder.resolve("alone"));
        assertThat(folder.resolve("alone/swept/000001/files/weights.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("models/swept/000001/files/weights.safetensors"));
    }

    @Test
    void aWrongPointIsToldBeforeAnyTraining() throws Exception {
        Path sweep = sweep("experiment: experiment.yaml", "space:", "  training.batchSize: [4, 0]");
        try (ProcessOutput refused = ProcessOutput.start("sweep", sweep)) {
            assertThat(refused.toEnd()).contains("sweep.yaml: training.batchSize 0: training.batchSize must be at least 1, but was 0")
                    .doesNotContain("training 1 of");
            assertThat(refused.process().exitValue()).isEqualTo(Spira.WRONG_USAGE);
        }
        assertThat(folder.resolve("models")).doesNotExist();
        assertThat(folder.resolve("models-sweep")).doesNotExist();
    }

    /** Forty points, killed fifty times at random moments, on one and on two workers: the same winner, with the same bytes. */
    @Test
    @Tag("campaign")
    void aSweepThatIsKilledFiftyTimesHasTheSameWinner() throws Exception {
        Path sweep = sweep("experiment: experiment.yaml", "metric: log-loss",
                "space:", "  training.batchSize: [4, 8, 12, 16, 20]",
                "  training.optimizer: [{type: adam, learningRate: 0.0001}, {type: adam, learningRate: 0.0003}, {type: adam,"
                        + " learningRate: 0.001}, {type: adam, learningRate: 0.003}, {type: adam, learningRate: 0.005}, {type: adam,"
                        + " learningRate: 0.01}, {type: adam, learningRate: 0.02}, {type: adam, learningRate: 0.03}]");
        int kills = Integer.getInteger("spira.sweep.kills", 0);
        assumeTrue(kills > 0, "sweeps of forty points are killed by -Pcampaigns alone");
        Random random = new Random(7);
        for (int kill = 0; kill < kills; kill++) {
            try (ProcessOutput killed = ProcessOutput.start("sweep", sweep, "--at-a-time", 1 + kill % 2)) {
                // So many trainings, found again or new, come before it.
                killed.killAt("training " + (1 + Math.min(39, kill * 39 / kills + random.nextInt(2))) + " of 40: ");
            }
        }
        String resumed = ProcessOutput.finish("sweep", sweep);
        String[] elsewhere = {"--set", "models.folder=" + folder.resolve("alone"), "--out", folder.resolve("other").toString()};
        ProcessOutput.finish("sweep", sweep, "--at-a-time", 2, elsewhere[0], elsewhere[1], elsewhere[2], elsewhere[3]);
        assertThat(resumed).contains("40 points");
        assertThat(folder.resolve("other/points.csv")).hasSameTextualContentAs(folder.resolve("swept-sweep/points.csv"));
        assertThat(folder.resolve("alone/swept/000001/files/weights.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("models/swept/000001/files/weights.safetensors"));
        assertThat(folder.resolve("models/swept/000002")).doesNotExist();
    }
}
