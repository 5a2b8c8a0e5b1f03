package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.spirabr.cli.SimulatedYear.Result;
import io.github.spirabr.cli.SimulatedYear.Row;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.RetrainingPlanFile;
import io.github.spirabr.core.continuous.ContinuousTraining;
import io.github.spirabr.core.continuous.Round;
import io.github.spirabr.core.continuous.RoundHistory;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.journal.FileSystemJournal;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A round is killed before one of its changes of the disk, and the next call completes it: nothing is missing in the history,
 * the weights are those of a round that was not killed, and no draft is left. {@code -Dspira.round.kills=200} kills over every
 * change, and then twice in a row; {@code -Dspira.round.first=150} leaves out the first 150 of them.
 */
@Timeout(7200)
@Tag("slow")
@Tag("campaign")
class KilledRoundTest {

    private static final int KILLS = Integer.getInteger("spira.round.kills", 8);
    private static final int FIRST = Integer.getInteger("spira.round.first", 0);
    private static final int NEVER = Integer.MAX_VALUE;

    private static final String EXPERIMENT = """
            models: {folder: models}
            recordings: {manifest: metadata.csv}
            reader: {type: ffmpeg, sampleRate: 8000}
            preprocessing:
              window: {type: sliding-window, length: 2, step: 2}
              extract: {type: mfcc, coefficients: 8, melBands: 12, fftSize: 512, windowLength: 400, hopLength: 400}
            model: {type: spiraconv-v4, kernels: [3, 1, 1, 1], dense: [2]}
            training: {type: dl4j, epochs: 1, batchSize: 8}
            probes: []
            """;

    @TempDir
    private Path folder;

    /** Copies of the models and the journal before the round. */
    private Path before;

    private ContinuousTraining training(Path models, Path journal, int hours) {
        return RetrainCommand.training(
                        ExperimentFile.at(folder.resolve("experiment.yaml")).read(),
                        RetrainingPlanFile.at(folder.resolve("plan.yaml")).read(),
                        new PipelineListener() {})
                .models(FileSystemModelRepository.at(models))
                .journal(FileSystemJournal.at(journal))
                .holder("call " + hours)
                .clock(HaltingRound.ahead(hours))
                .build();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path each : tree.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    private Path fresh(String name) throws IOException {
        Path copy = folder.resolve(name);
        copy(before, copy);
        return copy;
    }

    /** Runs a round that is killed after so many changes. */
    private DyingDisk kill(Path place, int changes, int hours) {
        DyingDisk disk = new DyingDisk(changes);
        Throwable end = catchThrowable(() ->
                training(disk.path(place.resolve("models")), disk.path(place.resolve("journal")), hours).round());
        assertThat(end).satisfiesAnyOf(
                ended -> assertThat(ended).isNull(),
                ended -> assertThat(rootOf(ended)).isInstanceOf(DyingDisk.Killed.class));
        return disk;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static byte[] weights(Path place) throws IOException {
        return Files.readAllBytes(place.resolve("models/spira/000002/files/weights.safetensors"));
    }

    @Test
    void nothingIsMissingAfterAKillAndNoDraftIsLeft() throws Exception {
        SimulatedYear year = new SimulatedYear(folder);
        year.write(EXPERIMENT, SimulatedYear.PLAN);
        List<Row> all = SimulatedYear.read(Path.of("examples/demo/metadata.csv"));
        year.arrive(all.subList(0, 32));
        Result first = year.round();
        assertThat(first.code()).as(first.err()).isZero();
        before = Files.createDirectory(folder.resolve("before"));
        Files.move(folder.resolve("models"), before.resolve("models"));
        Files.move(folder.resolve("models-journal/spira"), before.resolve("journal"));
        year.arrive(all.subList(32, 40));
        year.writeManifest();

        Path whole = fresh("whole");
        DyingDisk counted = kill(whole, NEVER, 1);
        byte[] weights = weights(whole);
        assertSound(whole, weights, "never");
        int changes = counted.changes();
        assertThat(changes).isGreaterThan(30);

        for (int kill = FIRST; kill < KILLS; kill++) {
            int at = KILLS >= changes ? kill % changes : (int) ((long) kill * changes / KILLS);
            Path place = fresh("kill-" + kill);
            kill(place, at, 1);
            boolean twice = kill >= changes;
            if (twice) {
                kill(place, (7 * kill) % changes, 2);
            }
            Round next = training(place.resolve("models"), place.resolve("journal"), 3).round();
            String killed = "killed after " + at + " of " + changes + " changes" + (twice ? ", and once more" : "");
            assertThat(next.outcome()).as(killed).isIn(Round.Outcome.PROMOTED, Round.Outcome.NOTHING_NEW);
            assertSound(place, weights, killed);
            delete(place);
        }
    }

    private void assertSound(Path place, byte[] weights, String killed) throws IOException {
        Journal journal = FileSystemJournal.at(place.resolve("journal"));
        List<Round> rounds = RoundHistory.of(journal).rounds();
        assertThat(rounds).as(killed).extracting(Round::number)
                .isEqualTo(IntStream.rangeClosed(1, rounds.size()).boxed().toList());
        assertThat(rounds.subList(0, 2)).as(killed).extracting(Round::outcome)
                .containsExactly(Round.Outcome.FIRST_CHAMPION, Round.Outcome.PROMOTED);
        assertThat(rounds.subList(2, rounds.size())).as(killed).extracting(Round::outcome)
                .allMatch(outcome -> outcome == Round.Outcome.NOTHING_NEW);
        assertThat(RoundHistory.of(journal).verify().faults()).as(killed).isEmpty();
        ModelRepository models = FileSystemModelRepository.at(place.resolve("models"));
        assertThat(models.verify("spira").faults()).as(killed).isEmpty();
        assertThat(models.versions("spira")).as(killed).hasSize(2);
        assertThat(models.find("spira", "champion")).as(killed).contains(new ModelVersion("spira", 2));
        assertThat(models.history("spira", "champion")).as(killed).hasSize(2);
        assertThat(weights(place)).as(killed).isEqualTo(weights);
        List<String> drafts = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(place)) {
            tree.map(path -> path.getFileName().toString()).filter(name -> name.startsWith(".") && !name.equals(".lock"))
                    .forEach(drafts::add);
        }
        assertThat(drafts).as(killed).isEmpty();
    }

    private static void delete(Path place) throws IOException {
        try (Stream<Path> tree = Files.walk(place)) {
            for (Path each : tree.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(each);
            }
        }
    }
}
