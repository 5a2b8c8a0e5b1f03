package io.github.spirabr.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

    private static final int RATE = 16_000;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int spira(Object... arguments) {
        String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        return Spira.execute(new PrintWriter(out, true), new PrintWriter(err, true), texts);
    }

    /** Three seconds of bursts of tone, as of speech, with pauses in which a hum may be heard. */
    private void recording(String name, Random random, double hum) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(44 + 6 * RATE).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.UTF_8)).putInt(36 + 6 * RATE).put("WAVEfmt ".getBytes(StandardCharsets.UTF_8)).putInt(16).putShort((short) 1)
                .putShort((short) 1).putInt(RATE).putInt(2 * RATE).putShort((short) 2).putShort((short) 16)
                .put("data".getBytes(StandardCharsets.UTF_8)).putInt(6 * RATE);
        double tone = 200 + 200 * random.nextDouble();
        double level = 0.2 + 0.2 * random.nextDouble();
        for (int i = 0; i < 3 * RATE; i++) {
            boolean pause = i / (RATE / 4) % 4 == 3;
            double speech = pause ? 0 : level * Math.sin(2 * Math.PI * tone * i / RATE);
            double noise = 0.0005 * random.nextGaussian() + hum * Math.sin(2 * Math.PI * 60 * i / RATE);
            bytes.putShort((short) Math.round(32768 * (speech + noise)));
        }
        Files.write(folder.resolve(name), bytes.array());
    }

    private Path manifest(double humOfPatients) throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>(List.of("file_path,class,subject"));
        for (int i = 0; i < 24; i++) {
            String name = "r" + i + ".wav";
            recording(name, random, i % 2 == 1 ? humOfPatients : 0);
            lines.add(name + "," + i % 2 + ",s" + i);
        }
        return Files.write(folder.resolve("metadata.csv"), lines);
    }

    @Test
    void aHumOfPatientsOnlyIsNamed() throws IOException {
        assertThat(spira("inspect", manifest(0.002))).isZero();
        assertThat(out.toString())
                .contains("24 recordings of 24 subjects", "unreadable: 0", "sounding the same: 0 groups")
                .contains("! noise63HzDb        1.00", "!   noise63HzDb");
        assertThat(err.toString()).contains("read 24 of 24 recordings");
    }

    @Test
    void aSetWithoutAConfounderIsNotCalledOut() throws IOException {
        assertThat(spira("inspect", manifest(0))).isZero();
        assertThat(out.toString()).contains("No property alone gives the class away.");
    }

    @Test
    void machinesGetJson() throws IOException {
        assertThat(spira("inspect", manifest(0.002), "--json", "--threads", 1)).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("recordings").asInt()).isEqualTo(24);
        assertThat(json.get("classes").get(0).get("class").asText()).isEqualTo("control");
        assertThat(json.get("classes").get(0).get("seconds").asDouble()).isEqualTo(36);
        assertThat(json.get("fingerprint").asText()).matches("[0-9a-f]{64}");
        assertThat(json.get("suspects").toString()).contains("noise63HzDb");
        assertThat(json.get("properties").findValuesAsText("name")).contains("levelDb", "peak").doesNotContain("durationSeconds");
    }

    @Test
    void whatCannotBeReadAndWhatSoundsTheSameIsListed() throws IOException {
        Path manifest = manifest(0);
        Files.writeString(folder.resolve("r0.wav"), "this is no audio");
        Files.copy(folder.resolve("r2.wav"), folder.resolve("copy.wav"));
        Files.writeString(manifest, Files.readString(manifest) + "copy.wav,1,s3\n");
        assertThat(spira("inspect", manifest)).isZero();
        assertThat(out.toString()).contains(
                "unreadable: 1", "recording r0.wav: ", "(NOT_AUDIO)", "sounding the same: 1 groups",
                "copy.wav, r2.wav; LABELLED DIFFERENTLY; of different subjects");
    }

    @Test
    void whereNothingCanBeReadThereIsNothingToSee() throws IOException {
        Path manifest = Files.writeString(folder.resolve("m.csv"), "file_path,class\na.wav,0\nb.wav,1\n");
        Files.writeString(folder.resolve("a.wav"), "no");
        Files.writeString(folder.resolve("b.wav"), "no");
        assertThat(spira("inspect", manifest)).isEqualTo(1);
        assertThat(err.toString()).contains("recording a.wav: ", "m.csv: none of its recordings can be read");
        assertThat(out.toString()).isEmpty();
    }
}
