package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One experiment with two tasks, a condition of its own, and rooms that are the probe's and the noise of training. */
@Tag("slow")
class TaskRunTest {

    private static final List<String> TASKS = List.of("phrase", "rhyme", "ambient-noise", "sustained-vowel");

    @TempDir
    private Path folder;

    private Path experiment;

    private record Outcome(int code, String out, String err) {}

    private static Outcome spira(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        int code = Spira.execute(new PrintWriter(out, true), new PrintWriter(err, true), texts);
        return new Outcome(code, out.toString(), err.toString());
    }

    @BeforeEach
    void writeExperiment() throws IOException {
        Path demo = Path.of("examples/demo").toAbsolutePath();
        List<String> lines = new ArrayList<>(List.of("file_path,class,subject,session,task"));
        for (String line : Files.readAllLines(demo.resolve("metadata.csv"))) {
            String[] row = line.split(",");
            if (row[0].matches(".*-[1-4]\\.[a-z0-9]+")) {
                int number = row[0].charAt(row[0].lastIndexOf('.') - 1) - '1';
                lines.add(demo.resolve(row[0]) + "," + row[1] + "," + row[2] + ",visit 1," + TASKS.get(number));
            }
        }
        Files.write(folder.resolve("visits.csv"), lines);
        experiment = Files.writeString(folder.resolve("experiment.yaml"), """
                modelName: visits
                models: {folder: models}
                seed: 1
                target: asthma
                recordings: {manifest: visits.csv}
                tasks: [phrase, rhyme]
                noises: {room: {ambient: true}}
                reader: {type: ffmpeg, sampleRate: 8000}
                preprocessing:
                  augment:
                    - {type: noise-insertion, noises: room, perControl: 1, perPatient: 1, amplitude: {min: 0.01, max: 0.02}}
                  window: {type: sliding-window, length: 4, step: 4}
                  extract: {type: mfcc, coefficients: 8, melBands: 20, fftSize: 512, windowLength: 400, hopLength: 400}
                model: {type: spiraconv-v2}
                training: {type: dl4j, epochs: 1, batchSize: 8}
                probes: [{type: matched-subjects}]
                """);
    }

    @Test
    void everyTaskIsTrainedFusedAndFoundAgain() throws IOException {
        Outcome run = spira("run", experiment);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("48 recordings of 24 subjects", "24 recordings of rooms set apart: in no set");
        assertThat(run.out()).contains("phrase               session", "fused                session",
                "fused                subject", "Saved: visits-phrase version 1", "Saved: visits-rhyme version 1",
                "fused by mean-log-odds", "Kept in " + folder.toRealPath().resolve("visits-tasks"));
        JsonNode report = new ObjectMapper().readTree(folder.resolve("visits-tasks/report.json").toFile());
        assertThat(report.at("/fused/subject/auroc/answers").asInt()).isPositive();
        assertThat(folder.resolve("visits-tasks/report.html")).content().contains("Report of one model for each task");
        Path stored = folder.resolve("models/visits-phrase/000001/files");
        assertThat(stored.resolve("provenance.properties")).content().contains("task.models=visits-phrase,visits-rhyme",
                "ambient.recordings=24", "probe.ambient=", "augmentation.0.noises=room");
        assertThat(stored.resolve("model-card.md")).content().contains("target: asthma").doesNotContain("insufficiency");

        Outcome again = spira("run", experiment, "--json");
        assertThat(again.code()).as(again.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(again.out());
        assertThat(json.at("/tasks/rhyme/version").asInt()).isEqualTo(1);
        assertThat(json.at("/fused/bySubject/auroc/value").asDouble())
                .isEqualTo(report.at("/fused/subject/auroc/value").asDouble());
        predict(Path.of("examples/demo/audio/subject-01-1.wav"));
    }

    private void predict(Path recording) throws IOException {
        Outcome table = spira("predict", recording, "--models", folder.resolve("models"), "--name", "visits-phrase");
        assertThat(table.out()).contains("asthma: POSITIVE is asthma, NEGATIVE is control; for research");
        Outcome line = spira("predict", recording, "--models", folder.resolve("models"), "--name", "visits-phrase", "--json");
        JsonNode answer = new ObjectMapper().readTree(line.out());
        assertThat(answer.get("target").asText()).isEqualTo("asthma");
        assertThat(answer.get("class").asText())
                .isEqualTo(answer.get("diagnosis").asText().equals("POSITIVE") ? "asthma" : "control");
    }

    @Test
    void commandsOfOneModelRefuseTasks() {
        for (String command : List.of("train", "repeat")) {
            Outcome refused = spira(command, experiment);
            assertThat(refused.code()).as(command).isNotZero();
            assertThat(refused.err()).contains("tasks must be empty for a single model, but were [phrase, rhyme]; run the"
                    + " experiment by spira run");
        }
        assertThat(spira("run", experiment, "--alias", "challenger").err()).contains("--alias is for one model");
    }
}
