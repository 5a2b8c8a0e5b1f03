package io.github.spirabr.storage.fs.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.model.TrainingEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFilesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-09-01T12:00:00.250Z"), ZoneOffset.UTC);

    private static final TrainingEvent STEP = new TrainingEvent.StepCompleted(
            3, 100, 300, 0.625, 1e-3, 250.5, Duration.ofMillis(1500), Duration.ofMinutes(2));
    private static final TrainingEvent VALIDATION = new TrainingEvent.Validated(3, 300, 0.5, 0.75, true);
    private static final TrainingEvent EPOCH = new TrainingEvent.EpochCompleted(new EpochSummary(3, 0.6, 0.4, 0.875), true);

    @TempDir
    private Path folder;

    @Test
    void tensorBoardsFileIsByteForByteWhatProtocolBuffersGive() throws IOException {
        try (TensorBoardEvents events = TensorBoardEvents.in(folder.resolve("run"), CLOCK)) {
            List.of(new TrainingEvent.Started(5, 100, 691_613), STEP, VALIDATION, EPOCH, new TrainingEvent.CheckpointSaved(300))
                    .forEach(events::onTraining);
        }
        Path file = folder.resolve("run/events.out.tfevents.1788264000.spira");
        try (InputStream golden = EventFilesTest.class.getResourceAsStream("tensorboard_golden.tfevents")) {
            assertThat(Files.readAllBytes(file)).isEqualTo(golden.readAllBytes());
        }
    }

    @Test
    void eachRunHasAFileOfItsOwnForTensorBoard() throws IOException {
        TensorBoardEvents.in(folder, CLOCK).close();
        TensorBoardEvents.in(folder, CLOCK).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "events.out.tfevents.1788264000.spira", "events.out.tfevents.1788264000.spira.1");
        }
    }

    @Test
    void theChecksumIsThatOfTheSpecification() {
        // RFC 3720, B.4: the CRC-32C of 32 bytes of zeros is 8a9136aa.
        int crc = 0x8a9136aa;
        assertThat(EventMessage.maskedCrc(new byte[32], 32)).isEqualTo((crc >>> 15 | crc << 17) + 0xa282ead8);
    }

    private List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            nodes.add(JsonMapper.builder().build().readTree(line));
        }
        return nodes;
    }

    @Test
    void everyEventIsALineOfJson() throws IOException {
        Path file = folder.resolve("logs/events.jsonl");
        try (JsonLinesEvents events = JsonLinesEvents.to(file, CLOCK)) {
            List.of(
                            new TrainingEvent.Started(5, 100, 691_613),
                            new TrainingEvent.Resumed(3, 299, List.of("the checkpoint of step 300 is damaged")),
                            new TrainingEvent.WeightsLoaded(List.of("conv1.weight"), List.of("output.bias: not stored"), List.of()),
                            STEP, VALIDATION, EPOCH,
                            new TrainingEvent.CheckpointSaved(300),
                            new TrainingEvent.StoppedEarly(3, 1, "auroc has not improved for 2 epochs"),
                            new TrainingEvent.Ended(300, 1, Duration.ofSeconds(90), Duration.ofMillis(500)),
                            new TrainingEvent.Failed(7, false, "the loss is \"NaN\""))
                    .forEach(events::onTraining);
        }
        assertThat(Files.readAllLines(file).get(3)).isEqualTo("{\"event\":\"step\",\"time\":\"2026-09-01T12:00:00.250Z\","
                + "\"epoch\":3,\"step\":100,\"totalStep\":300,\"loss\":0.625,\"learningRate\":0.001,"
                + "\"windowsPerSecond\":250.5,\"elapsed\":1.5,\"remaining\":120.0}");
        List<JsonNode> lines = lines(file);
        assertThat(lines).extracting(line -> line.get("event").asText()).containsExactly("started", "resumed",
                "weightsLoaded", "step", "validation", "epoch", "checkpoint", "stoppedEarly", "end", "failed");
        assertThat(lines.get(1).get("damaged").get(0).asText()).contains("step 300");
        assertThat(lines.get(4).get("best").asBoolean()).isTrue();
        assertThat(lines.get(8).get("waited").asDouble()).isEqualTo(0.5);
        assertThat(lines.get(9).get("reason").asText()).isEqualTo("the loss is \"NaN\"");
    }

    @Test
    void whatAKilledProcessLeftUnfinishedIsCutOff() throws IOException {
        Path file = folder.resolve("events.jsonl");
        try (JsonLinesEvents events = JsonLinesEvents.to(file, CLOCK)) {
            events.onTraining(STEP);
        }
        // Longer than what is looked at in one piece.
        Files.writeString(file, "{\"event\":\"st" + "x".repeat(10_000), StandardOpenOption.APPEND);
        try (JsonLinesEvents events = JsonLinesEvents.to(file, CLOCK)) {
            events.onTraining(VALIDATION);
        }
        assertThat(lines(file)).extracting(line -> line.get("event").asText()).containsExactly("step", "validation");
        Files.write(file, "no end of line".getBytes(StandardCharsets.US_ASCII));
        try (JsonLinesEvents events = JsonLinesEvents.to(file, CLOCK)) {
            events.onTraining(EPOCH);
        }
        assertThat(lines(file)).hasSize(1);
    }

    @Test
    void aLossThatIsNoNumberIsNull() throws IOException {
        Path file = folder.resolve("events.jsonl");
        try (JsonLinesEvents events = JsonLinesEvents.to(file, CLOCK)) {
            events.onTraining(new TrainingEvent.Validated(1, 1, Double.NaN, 0.5, false));
        }
        assertThat(lines(file).get(0).get("validationLoss").isNull()).isTrue();
    }

    @Test
    void aPlaceThatCannotBeWrittenToIsNamed() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        assertThatThrownBy(() -> JsonLinesEvents.to(taken.resolve("events.jsonl")))
                .isInstanceOf(EventFileException.class)
                .hasMessageContaining("taken");
        assertThatThrownBy(() -> TensorBoardEvents.in(taken))
                .isInstanceOf(EventFileException.class)
                .hasMessageContaining("taken");
    }
}
