package io.github.spirabr.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A manifest that grows portion by portion, and the command that retrains. */
final class SimulatedYear {

    /** An experiment whose training takes seconds. */
    static final String EXPERIMENT = """
            models: {folder: models}
            recordings: {manifest: metadata.csv}
            training: {type: dl4j, epochs: 1, batchSize: 8}
            """ + SmallExperiment.PARTS;

    /** A plan with a margin that every challenger keeps, so that the champion moves. */
    static final String PLAN = """
            gate: {subjects: 1, evidence: estimate, replicates: 100, notWorse: {auroc: 1}}
            data: {labelCheck: false}
            """;

    private final Path folder;
    /** The rows of the manifest, by file. */
    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** A recording of the data that arrive: where it is, and its name in the manifest, which its random draws hang on. */
    record Row(Path source, String file, int label, String subject) {

        Row turned() {
            return new Row(source, file, 1 - label, subject);
        }
    }

    SimulatedYear(Path folder) {
        this.folder = folder;
    }

    /** The rows of a manifest. */
    static List<Row> read(Path manifest) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(manifest);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            rows.add(new Row(manifest.resolveSibling(cells[0]), cells[0], Integer.parseInt(cells[1]), cells[2]));
        }
        return rows;
    }

    /** Copies the recordings beside the manifest, so that their names, and with them all draws, are the same anywhere. */
    void arrive(List<Row> more) throws IOException {
        copy(more);
        more.forEach(row -> rows.put(row.file, row));
    }

    private List<Path> copy(List<Row> more) throws IOException {
        List<Path> copies = new ArrayList<>();
        for (Row row : more) {
            Path copy = folder.resolve(row.file);
            if (Files.exists(row.source) && !Files.exists(copy)) {
                Files.createDirectories(copy.getParent());
                Files.copy(row.source, copy);
            }
            copies.add(copy);
        }
        return copies;
    }

    /** Asks the champion about recordings that nobody has labelled yet. */
    Result predict(List<Row> unlabelled) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "predict", "--models", folder.resolve("models").toString(), "--alias", "champion", "--json"));
        copy(unlabelled).forEach(file -> arguments.add(file.toString()));
        return spira(arguments.toArray(String[]::new));
    }

    /** What they turned out to be, in a manifest of its own beside the first one. */
    void labelLater(String manifest, List<Row> predicted) throws IOException {
        write(manifest, predicted);
    }

    void withdraw(String subject) {
        rows.values().removeIf(row -> row.subject.equals(subject));
    }

    /** The same recordings as another device makes them: companded to 8 bits (G.711 mu-law), and much softer. */
    List<Row> fromAnotherDevice(List<Row> originals, double gain) throws IOException {
        Path device = Files.createDirectories(folder.resolve("device"));
        List<Row> rows = new ArrayList<>();
        for (Row row : originals) {
            Waveform waveform = FfmpegAudioReader.builder().sampleRate(8_000).build()
                    .read(row.file, FileAudioSource.of(row.source));
            byte[] samples = new byte[2 * waveform.length()];
            for (int i = 0; i < waveform.length(); i++) {
                int sample = (int) Math.round(waveform.sample(i) * gain * Short.MAX_VALUE);
                samples[2 * i] = (byte) sample;
                samples[2 * i + 1] = (byte) (sample >> 8);
            }
            Path copy = device.resolve(row.source.getFileName().toString().replaceFirst("\\.[^.]*$", ".wav"));
            try (AudioInputStream linear = new AudioInputStream(
                            new ByteArrayInputStream(samples), new AudioFormat(8_000, 16, 1, true, false), waveform.length());
                    AudioInputStream companded = AudioSystem.getAudioInputStream(AudioFormat.Encoding.ULAW, linear)) {
                AudioSystem.write(companded, AudioFileFormat.Type.WAVE, copy.toFile());
            }
            rows.add(new Row(copy, "device/" + copy.getFileName(), row.label, row.subject));
        }
        return rows;
    }

    /** Files that are none: noise in place of audio, nothing at all, and one that is not there. */
    List<Row> unreadable(String subject) throws IOException {
        Path garbage = Files.write(folder.resolve("garbage.wav"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        Path empty = Files.write(folder.resolve("empty.flac"), new byte[0]);
        Path missing = folder.resolve("missing.wav");
        return Stream.of(garbage, empty, missing)
                .map(file -> new Row(file, file.getFileName().toString(), 0, subject)).toList();
    }

    void write(String experiment, String plan) throws IOException {
        Files.writeString(folder.resolve("experiment.yaml"), experiment);
        Files.writeString(folder.resolve("plan.yaml"), plan);
    }

    /** What a command did. */
    record Result(int code, String out, String err) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    void writeManifest() throws IOException {
        write("metadata.csv", List.copyOf(rows.values()));
    }

    private void write(String manifest, List<Row> listed) throws IOException {
        List<String> lines = new ArrayList<>(List.of("file_path,class,subject"));
        listed.forEach(row -> lines.add(row.file + "," + row.label + "," + row.subject));
        Files.write(folder.resolve(manifest), lines);
    }

    /** One round by the command. */
    Result round() throws IOException {
        writeManifest();
        return spira("retrain", folder.resolve("experiment.yaml").toString(),
                "--plan", folder.resolve("plan.yaml").toString(), "--json");
    }

    Result spira(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Spira.execute(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
