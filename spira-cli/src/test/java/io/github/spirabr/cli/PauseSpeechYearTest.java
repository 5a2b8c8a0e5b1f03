package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.spirabr.cli.SimulatedYear.Result;
import io.github.spirabr.cli.SimulatedYear.Row;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A simulated year on real human speech, with {@code -Dspira.year=FOLDER}, where all of it stays: ten rounds of the command.
 * Takes minutes. Six speakers, each of whom speaks as a control and as a patient, so that a subject has both labels, and
 * one subject is held out.
 */
@Timeout(7200)
class PauseSpeechYearTest {

    private static final Path DATA = Path.of("../shared/data/pause-speech/metadata.csv");
    private static final int OF_EACH_CLASS = 2;

    private static final String EXPERIMENT = """
            models: {folder: models}
            recordings: {manifest: metadata.csv}
            reader: {type: ffmpeg, sampleRate: 8000}
            preprocessing:
              window: {type: sliding-window, length: 4, step: 2}
              extract: {type: mfcc, coefficients: 12, melBands: 20, fftSize: 512, windowLength: 400, hopLength: 400}
            model: {type: spiraconv-v2}
            training: {type: dl4j, epochs: 60, batchSize: 8, optimizer: {learningRate: 0.002}}
            seed: 1
            """;

    private static final String PLAN = """
            gate: {subjects: 1, evidence: estimate, notWorse: {auroc: 0.05, balanced-accuracy: 0.15}, atLeast: {auroc: 0.7}}
            data: {oneLabelPerSubject: false}
            """;

    /** So many recordings of each speaker and class as belong to these portions. */
    private static List<Row> portions(int from, int to) throws IOException {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : SimulatedYear.read(DATA)) {
            groups.computeIfAbsent(row.subject() + row.label(), any -> new ArrayList<>()).add(row);
        }
        List<Row> rows = new ArrayList<>();
        groups.values().forEach(group -> rows.addAll(group.subList(from * OF_EACH_CLASS, to * OF_EACH_CLASS)));
        return rows;
    }

    @Test
    void tenRoundsOfTheCommand() throws IOException {
        String kept = System.getProperty("spira.year", "");
        assumeTrue(!kept.isEmpty(), "the simulated year runs with -Dspira.year=FOLDER");
        assumeTrue(Files.exists(DATA), "needs the data set pause-speech with " + DATA.toAbsolutePath().normalize()
                + ", which is not part of this project; ask its maintainers for it");
        Path folder = Files.createDirectories(Path.of(kept));
        SimulatedYear year = new SimulatedYear(folder);
        year.write(EXPERIMENT, PLAN);
        List<JsonNode> rounds = new ArrayList<>();

        year.arrive(portions(0, 2));
        rounds.add(round(year));
        year.arrive(portions(2, 3));
        rounds.add(round(year));
        rounds.add(round(year));
        Optional<ModelVersion> before = champion(folder);
        List<Row> right = portions(3, 4);
        year.arrive(right.stream().map(Row::turned).toList());
        rounds.add(round(year));
        assertThat(champion(folder)).isEqualTo(before);
        year.arrive(portions(4, 5));
        rounds.add(round(year));
        year.arrive(year.fromAnotherDevice(portions(5, 6), 0.05));
        rounds.add(round(year));
        year.arrive(portions(6, 7));
        year.arrive(year.unreadable("theo"));
        rounds.add(round(year));
        year.arrive(right);
        rounds.add(round(year));
        year.arrive(portions(7, 8));
        rounds.add(round(year));
        year.arrive(portions(8, 10));
        rounds.add(round(year));

        assertThat(rounds).extracting(one -> one.get("outcome").asText()).element(0).isEqualTo("FIRST_CHAMPION");
        assertThat(rounds.get(2).get("outcome").asText()).isEqualTo("NOTHING_NEW");
        assertThat(rounds.get(3).get("outcome").asText()).isEqualTo("ALL_QUARANTINED");
        assertThat(rounds.get(5).get("drift").get("verdict").asText()).isEqualTo("MAJOR");
        assertThat(rounds.get(6).get("quarantined").findValuesAsText("reason")).contains("UNREADABLE");
        assertThat(rounds.get(7).get("quarantined").findValuesAsText("reason")).containsOnly("UNREADABLE");
        assertThat(rounds.get(9).get("data").get("recordings").asInt()).isEqualTo(240);
        assertThat(Set.of("PROMOTED", "REJECTED")).contains(rounds.get(9).get("outcome").asText());
    }

    private static JsonNode round(SimulatedYear year) throws IOException {
        Result result = year.round();
        assertThat(result.code()).as(result.err()).isIn(0, Spira.NOTHING_TO_DO);
        return result.json();
    }

    private static Optional<ModelVersion> champion(Path folder) {
        return FileSystemModelRepository.at(folder.resolve("models")).find("spira", "champion");
    }
}
