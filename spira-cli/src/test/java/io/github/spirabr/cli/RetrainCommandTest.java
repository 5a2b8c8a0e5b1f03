package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.spirabr.cli.SimulatedYear.Result;
import io.github.spirabr.cli.SimulatedYear.Row;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A year in small: ten rounds of the command on the demo data, with the faults that a year has. */
@Tag("slow")
class RetrainCommandTest {

    private static final String EXPERIMENT = """
            models: {folder: models}
            recordings: {manifest: metadata.csv}
            reader: {type: ffmpeg, sampleRate: 8000}
            preprocessing:
              window: {type: sliding-window, length: 4, step: 2}
              extract: {type: mfcc, coefficients: 12, melBands: 20, fftSize: 512, windowLength: 400, hopLength: 400}
            model: {type: spiraconv-v2}
            training: {type: dl4j, epochs: 40, batchSize: 8, optimizer: {learningRate: 0.003}}
            seed: 1
            """;

    private static final String PLAN = """
            gate: {subjects: 1, evidence: estimate, replicates: 200, notWorse: {auroc: 0.1}, atLeast: {auroc: 0.6}}
            data: {largestQuarantinedShare: 0.5}
            settings: {mayChange: [{setting: seed}]}
            """;

    private static final String PLAN_WITH_FEEDBACK = PLAN + "feedback: [later.csv]\n";

    @TempDir
    private Path folder;

    private SimulatedYear year;

    @BeforeEach
    void begin() throws IOException {
        year = new SimulatedYear(folder);
        year.write(EXPERIMENT, PLAN);
    }

    /** All recordings of some subjects, of which two in turn are of each class. */
    private static List<Row> subjects(int from, int to) throws IOException {
        List<Row> all = SimulatedYear.read(Path.of("examples/demo/metadata.csv"));
        List<String> controls = all.stream().filter(row -> row.label() == 0).map(Row::subject).distinct().toList();
        List<String> patients = all.stream().filter(row -> row.label() == 1).map(Row::subject).distinct().toList();
        List<String> wanted = new ArrayList<>(controls.subList(from / 2, to / 2));
        wanted.addAll(patients.subList(from / 2, to / 2));
        return all.stream().filter(row -> wanted.contains(row.subject())).toList();
    }

    private Optional<Integer> champion() {
        return FileSystemModelRepository.at(folder.resolve("models")).find("spira", "champion").map(ModelVersion::number);
    }

    private JsonNode round(int code, String outcome) throws IOException {
        Result result = year.round();
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        JsonNode round = result.json();
        if (!outcome.isEmpty()) {
            assertThat(round.get("outcome").asText()).as(result.out()).isEqualTo(outcome);
        }
        return round;
    }

    /** A round that trained; whether it promoted is the gate's matter, whose rules other tests hold. */
    private JsonNode judged() throws IOException {
        JsonNode round = round(0, "");
        assertThat(round.get("outcome").asText()).isIn("PROMOTED", "REJECTED");
        assertThat(round.get("checks").size()).isGreaterThan(3);
        assertThat(round.get("championFigures").size()).isEqualTo(round.get("challengerFigures").size()).isPositive();
        boolean promoted = round.get("outcome").asText().equals("PROMOTED");
        assertThat(champion()).contains(round.get(promoted ? "challenger" : "champion").asInt());
        return round;
    }

    @Test
    void aYearOfRounds() throws IOException {
        List<Row> early = subjects(0, 12);
        List<Row> late = early.stream().filter(row -> row.file().contains("-4.")).toList();
        year.arrive(early.stream().filter(row -> !late.contains(row)).toList());
        JsonNode first = round(0, "FIRST_CHAMPION");
        assertThat(first.get("data").get("subjects").asInt()).isEqualTo(12);
        assertThat(champion()).contains(1);

        predictionsWithALaterLabelFeedTheNextRound(subjects(12, 16));

        assertThat(round(3, "NOTHING_NEW").get("challenger").isNull()).isTrue();

        Optional<Integer> before = champion();
        List<Row> right = subjects(16, 20);
        year.arrive(right.stream().map(Row::turned).toList());
        JsonNode mislabelled = round(3, "ALL_QUARANTINED");
        assertThat(mislabelled.get("quarantined").findValuesAsText("reason")).hasSize(16).containsOnly("SUSPECT_LABELS");
        assertThat(champion()).isEqualTo(before);

        year.arrive(year.fromAnotherDevice(subjects(20, 24), 0.05));
        JsonNode device = judged();
        assertThat(device.get("drift").get("verdict").asText()).isEqualTo("MAJOR");
        assertThat(changed(device)).contains("codec", "levelDb");
        assertThat(device.get("data").get("recordings").asInt()).isEqualTo(68);

        year.arrive(right);
        year.write(EXPERIMENT.replace("epochs: 40", "epochs: 4000"), PLAN_WITH_FEEDBACK);
        Result changed = year.round();
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.json().get("outcome").asText()).isEqualTo("CHANGE_NOT_ALLOWED");
        assertThat(changed.json().get("challenger").isNull()).isTrue();
        assertThat(changed.err()).contains("spira: nothing was trained, since the change plan does not allow a change of"
                + " trainer.epochs from 40 to 4000; change it back, or the plan");
        year.write(EXPERIMENT, PLAN_WITH_FEEDBACK);
        JsonNode corrected = judged();
        assertThat(corrected.get("data").get("recordings").asInt()).isEqualTo(84);
        assertThat(corrected.get("quarantined").size()).isZero();
        assertThat(round(3, "NOTHING_NEW").get("times").asInt()).isEqualTo(1);
        assertThat(round(3, "NOTHING_NEW").get("times").asInt()).isEqualTo(2);

        String gone = right.get(0).subject();
        year.withdraw(gone);
        year.arrive(late);
        year.arrive(year.unreadable(late.get(0).subject()));
        JsonNode broken = judged();
        assertThat(broken.get("data").get("recordings").asInt()).isEqualTo(92);
        assertThat(broken.get("data").get("withdrawnRecordings").asInt()).isEqualTo(4);
        assertThat(broken.get("quarantined").findValuesAsText("reason")).hasSize(3).containsOnly("UNREADABLE");

        history(gone);
    }

    /** From then on the plan names the manifest of later labels. */
    private void predictionsWithALaterLabelFeedTheNextRound(List<Row> unlabelled) throws IOException {
        Result answers = year.predict(unlabelled);
        assertThat(answers.code()).as(answers.err()).isZero();
        assertThat(answers.out().lines()).hasSize(unlabelled.size()).allMatch(line -> line.contains("\"version\":1"));

        year.labelLater("later.csv", unlabelled);
        year.write(EXPERIMENT, PLAN_WITH_FEEDBACK);
        JsonNode fed = judged();
        assertThat(fed.get("data").get("newRecordings").asInt()).isEqualTo(unlabelled.size());
        assertThat(fed.get("data").get("recordings").asInt()).isEqualTo(36 + unlabelled.size());
        assertThat(fed.get("fresh").get(0).get("answers").asInt()).isEqualTo(unlabelled.size());
    }

    private static List<String> changed(JsonNode round) {
        List<String> names = new ArrayList<>();
        round.get("drift").get("measures").forEach(measure -> {
            if (!measure.get("verdict").asText().equals("NONE")) {
                names.add(measure.get("name").asText());
            }
        });
        return names;
    }

    private void history(String gone) throws IOException {
        String experiment = folder.resolve("experiment.yaml").toString();
        Result history = year.spira("retrain", "history", experiment, "--json");
        assertThat(history.json().findValuesAsText("round")).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
        Result text = year.spira("retrain", "history", experiment);
        assertThat(text.out()).contains("Round 4: ALL_QUARANTINED", "the champion ranks the 8 controls above the 8 patients",
                "drift of the 16 recordings that arrived: MAJOR");

        Path page = folder.resolve("history.html");
        assertThat(year.spira("retrain", "history", experiment, "--html", page.toString()).out()).contains(page.toString());
        assertThat(Files.readString(page)).contains("<h1>spira</h1>", "Round 4", "SUSPECT_LABELS 16", "MAJOR");
        assertThat(year.spira("retrain", "history", experiment, "--html", "history.pdf").err()).contains("ends in .html");

        Result subject = year.spira("subject", experiment, gone, "--json");
        assertThat(subject.code()).isZero();
        assertThat(subject.json().get("rounds").toString()).isEqualTo("[6,7,8]");
        assertThat(subject.json().get("models").findValuesAsText("version")).containsExactly("4");
        assertThat(year.spira("subject", experiment, "nobody").code()).isEqualTo(3);
    }

    @Test
    void whatIsMissingIsTold() throws IOException {
        assertThat(year.spira("retrain").err()).contains("name an experiment file, such as: spira retrain experiment.yaml");
        assertThat(year.spira("retrain").code()).isEqualTo(2);
        year.writeManifest();
        Result noPlan = year.spira("retrain", folder.resolve("experiment.yaml").toString(), "--plan", "none.yaml");
        assertThat(noPlan.code()).isEqualTo(2);
        assertThat(noPlan.err()).contains("there is no file none.yaml; correct the path");
        year.write(EXPERIMENT, "gaet: {subjects: 1}\n");
        year.writeManifest();
        assertThat(year.round().err()).contains("plan.yaml:1:1: gaet is unknown").contains("did you mean 'gate'?");
        assertThat(year.spira("retrain", "history", folder.resolve("experiment.yaml").toString()).out())
                .contains("there are no rounds in ");
    }
}
