package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.spirabr.cli.SimulatedYear.Result;
import io.github.spirabr.cli.SimulatedYear.Row;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.RetrainingPlanFile;
import io.github.spirabr.core.continuous.Round;
import io.github.spirabr.core.continuous.RoundListener;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process stops dead after a step of a round, and the next one goes on; each at another step, and all of them with
 * {@code -Dspira.halts=all}. The champion is always there, and the round is done once.
 */
@Timeout(900)
@Tag("slow")
class HaltedRoundTest {

    private static final List<RoundListener.Step> STEPS = System.getProperty("spira.halts", "").equals("all")
            ? List.of(RoundListener.Step.values())
            : List.of(RoundListener.Step.TRAINED, RoundListener.Step.PROMOTED);

    @TempDir
    private Path folder;

    @Test
    void aRoundThatStopsDeadIsCompletedByTheNext() throws Exception {
        SimulatedYear year = new SimulatedYear(folder);
        year.write(SimulatedYear.EXPERIMENT, SimulatedYear.PLAN);
        List<Row> all = SimulatedYear.read(Path.of("examples/demo/metadata.csv"));
        year.arrive(all.subList(0, 32));
        Result first = year.round();
        assertThat(first.code()).as(first.err()).isZero();
        ModelRepository models = FileSystemModelRepository.at(folder.resolve("models"));
        year.arrive(all.subList(32, 40));
        year.writeManifest();

        int hours = 0;
        for (RoundListener.Step step : STEPS) {
            Path output = folder.resolve("output.txt");
            Process process = HaltingRound.start(
                    folder.resolve("experiment.yaml"), folder.resolve("plan.yaml"), step, ++hours, output);
            assertThat(process.waitFor()).as(Files.readString(output)).isEqualTo(HaltingRound.HALTED);
            int champion = models.find("spira", "champion").map(ModelVersion::number).orElseThrow();
            assertThat(champion).isEqualTo(step.compareTo(RoundListener.Step.PROMOTED) < 0 ? 1 : 2);
            assertThat(models.history("spira", "champion")).hasSize(champion);
        }
        Round next = RetrainCommand.training(
                        ExperimentFile.at(folder.resolve("experiment.yaml")).read(),
                        RetrainingPlanFile.at(folder.resolve("plan.yaml")).read(),
                        new PipelineListener() {})
                .holder("next").clock(HaltingRound.ahead(hours + 1)).build().round();

        boolean completed = !STEPS.contains(RoundListener.Step.RECORDED);
        assertThat(next.outcome()).isEqualTo(completed ? Round.Outcome.PROMOTED : Round.Outcome.NOTHING_NEW);
        JsonNode rounds = year.spira("retrain", "history", folder.resolve("experiment.yaml").toString(), "--json").json();
        assertThat(rounds.findValuesAsText("outcome").subList(0, 2)).containsExactly("FIRST_CHAMPION", "PROMOTED");
        assertThat(rounds.size()).isEqualTo(completed ? 2 : 3);
        assertThat(models.find("spira", "champion")).contains(new ModelVersion("spira", 2));
        assertThat(models.history("spira", "champion")).hasSize(2);
        assertThat(models.versions("spira")).hasSize(2);
    }
}
