package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One experiment on several folds, in a process of its own that is asked to end in between. */
@Tag("slow")
@Timeout(900)
class RepeatCommandTest {

    @TempDir
    private Path folder;

    private Path experiment;

    @BeforeEach
    void writeExperiment() throws IOException {
        Path demo = Path.of("examples/demo").toAbsolutePath();
        // Two recordings of each subject: the hospital is that of the subject's last digit.
        List<String> lines = new ArrayList<>(List.of("file_path,class,subject,hospital,fold"));
        Files.readAllLines(demo.resolve("metadata.csv")).stream().skip(1).map(line -> line.split(","))
                .filter(row -> row[0].matches(".*-[12]\\.[a-z0-9]+"))
                .forEach(row -> lines.add(demo.resolve(row[0]) + "," + row[1] + "," + row[2] + ",\""
                        + (row[2].endsWith("2") || row[2].endsWith("3") ? "north, old" : "south") + "\",a"));
        Files.write(folder.resolve("some.csv"), lines);
        experiment = Files.writeString(folder.resolve("experiment.yaml"), """
                modelName: often
                models: {folder: models}
                seed: 1
                recordings: {manifest: some.csv}
                training: {type: dl4j, epochs: 1, batchSize: 8}
                probes: []
                """ + SmallExperiment.PARTS);
    }

    @Test
    void aStoppedRepetitionGoesOnWithoutAnyOption() throws Exception {
        try (ProcessOutput stopped = ProcessOutput.start("repeat", experiment, "--folds", 3)) {
            stopped.awaitLine("training 1 of 3: done, AUROC ");
            stopped.awaitLine("training 2 of 3: often-fold-2-seed-1");
            stopped.process().toHandle().destroy();
            assertThat(stopped.toEnd()).contains("asked to end").doesNotContain("training 3 of 3");
        }
        String output = ProcessOutput.finish("repeat", experiment, "--folds", 3);
        assertThat(output).contains("training 1 of 3: completed before, and found again in ", "; 2 left",
                "training 3 of 3: done, AUROC ", "; 0 left", "3 trainings: 3 folds, seeds [1]",
                "imprecise: a class has fewer than 100 subjects");
        for (int fold = 1; fold <= 3; fold++) {
            Path model = folder.resolve("models/often-fold-" + fold + "-seed-1");
            assertThat(model.resolve("000001/files/report.html")).isNotEmptyFile();
            assertThat(model.resolve("000002")).doesNotExist();
        }
        List<String> table = output.lines().filter(line -> line.matches(" .* \\d\\.\\d+ to \\d.*")).toList();
        assertThat(table).hasSizeGreaterThan(8).allMatch(line -> line.length() <= 80);
        assertThat(table.stream().map(line -> line.indexOf(" (", 40)).distinct()).as("aligned").hasSize(1);
        whole(output);
    }

    /** Answers and metrics are those of a run that was never stopped. */
    private void whole(String output) throws Exception {
        Path kept = folder.resolve("often-repeat");
        assertThat(output).contains("Kept in " + kept);
        List<String> answers = Files.readAllLines(kept.resolve("answers.csv"), StandardCharsets.UTF_8);
        assertThat(answers.get(0)).isEqualTo("recording,subject,class,fold,seed,model,probability,threshold,manifest.fold,hospital");
        assertThat(answers.stream().skip(1)).hasSize(48).allMatch(line -> line.matches(
                ".*,(subject-\\d+),[01],[123],1,often-fold-[123]-seed-1 version 1,[0-9.E-]+,0\\.5,a,(south|\"north, old\")"));
        assertThat(Files.readString(kept.resolve("report.html"))).contains("Report of several trainings", "Imprecise.",
                "Metrics by recording", "often-fold-3-seed-1 version 1", "Test set by hospital");
        String again = ProcessOutput.finish("repeat", experiment, "--folds", 3, "--again", "--set", "models.folder=" + folder.resolve("whole"),
                "--out", folder.resolve("other"));
        assertThat(again).doesNotContain("completed before");
        assertThat(folder.resolve("other/answers.csv")).hasSameTextualContentAs(kept.resolve("answers.csv"));
        assertThat(folder.resolve("other/metrics.csv")).hasSameTextualContentAs(kept.resolve("metrics.csv"));
    }

    @Test
    void theGroupThatIsLeftOutIsNamedAndMissedPatientsAreTold() throws Exception {
        String output = ProcessOutput.finish("repeat", experiment, "--leave-out", "hospital",
                "--set", "decision.threshold=0.999");
        assertThat(output).containsPattern("AUROC +sensitivity +specificity +hospital")
                .containsPattern("often-fold-1-seed-1 version 1 .*  0\\.000 .*  north, old")
                .contains("no patient was found (sensitivity 0): often-fold-1-seed-1 version 1",
                        "no patient was found (sensitivity 0): often-fold-2-seed-1 version 1");
        try (ProcessOutput refused = ProcessOutput.start("repeat", experiment, "--folds", 3, "--out", "/proc/none")) {
            assertThat(refused.toEnd()).contains("could not be written to").doesNotContain("training 1 of 3");
        }
    }
}
