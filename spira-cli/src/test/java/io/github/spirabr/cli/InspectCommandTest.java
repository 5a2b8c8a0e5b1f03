package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.storage.fs.manifest.Manifest;
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
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Noise of a level, a length and a format. */
    private void noise(String name, Random random, double level, double seconds, boolean floats) throws IOException {
        int samples = (int) (seconds * RATE);
        int width = floats ? 4 : 2;
        ByteBuffer bytes = ByteBuffer.allocate(44 + width * samples).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.UTF_8)).putInt(36 + width * samples).put("WAVEfmt ".getBytes(StandardCharsets.UTF_8)).putInt(16)
                .putShort((short) (floats ? 3 : 1)).putShort((short) 1).putInt(RATE).putInt(width * RATE)
                .putShort((short) width).putShort((short) (8 * width)).put("data".getBytes(StandardCharsets.UTF_8)).putInt(width * samples);
        for (int i = 0; i < samples; i++) {
            double sample = level * (2 * random.nextDouble() - 1);
            if (floats) {
                bytes.putFloat((float) sample);
            } else {
                bytes.putShort((short) Math.round(32767 * sample));
            }
        }
        Files.write(folder.resolve(name), bytes.array());
    }

    @ParameterizedTest
    @CsvSource({"0.4, 2, false, levelDb", "0.2, 3, false, durationSeconds", "0.2, 2, true, codec"})
    void whateverElseTellsThePatientsIsNamed(double level, double seconds, boolean floats, String named) throws IOException {
        Random random = new Random(2);
        List<String> lines = new ArrayList<>(List.of("file_path,class,subject,device"));
        for (int i = 0; i < 24; i++) {
            boolean patient = i % 2 == 1;
            noise("n" + i + ".wav", random, (patient ? level : 0.2) * random.nextDouble(0.9, 1.1),
                    (patient ? seconds : 2) * random.nextDouble(0.9, 1.1), patient && floats);
            lines.add("n" + i + ".wav," + i % 2 + ",s" + i + "," + (patient ? "a" : "b"));
        }
        Path manifest = Files.write(folder.resolve("noises.csv"), lines);
        assertThat(spira("inspect", manifest, "--json")).isZero();
        List<String> suspects = new ArrayList<>();
        new ObjectMapper().readTree(out.toString()).get("suspects").forEach(one -> suspects.add(one.asText()));
        assertThat(suspects).contains(named, "device");
    }

    @Test
    void headersAloneTellFormatsDurationsAndColumns() throws IOException {
        Path manifest = manifest(0.002);
        Files.writeString(folder.resolve("r0.wav"), "this is no audio");
        assertThat(spira("inspect", manifest, "--headers")).isZero();
        assertThat(out.toString())
                .contains("24 recordings of 24 subjects", "fingerprint not known, as headers alone were read", "unreadable: 1",
                        "No property alone gives the class away.")
                .contains("patient            12         12       0.6")
                .doesNotContain("noise63HzDb", "sounding the same", "Speech by class");
        out.getBuffer().setLength(0);
        assertThat(spira("inspect", manifest, "--headers", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).get("fingerprint").isNull()).isTrue();
    }

    @Test
    void figuresAreForPeople() throws IOException {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>(List.of("file_path,class,subject,ward,grams"));
        for (int i = 0; i < 24; i++) {
            noise("n" + i + ".wav", random, 0.2, 2, false);
            lines.add("n" + i + ".wav," + i % 2 + ",s" + i + "," + (i == 0 ? "north" : "south") + "," + (4000 + i));
        }
        assertThat(spira("inspect", "--headers", Files.write(folder.resolve("noises.csv"), lines))).isZero();
        assertThat(out.toString())
                .contains("noises.csv: 24 recordings of 24 subjects", "north: 1 control, 0 patients; south: 11 controls, ")
                .contains("controls 4010 (4000 to 4022), patients 4011 (4001 to 4023)")
                .doesNotContain("NaN", "e+0");
        out.getBuffer().setLength(0);
        Path two = Files.write(folder.resolve("two.csv"), List.of("file_path,class,subject,ward", "n0.wav,0,s0,north",
                "n1.wav,1,s1,south"));
        assertThat(spira("inspect", "--headers", two)).isZero();
        assertThat(out.toString()).contains("0.50 (no interval)  north: 1 control, 0 patients; south: 0 controls, 1 patient");
    }

    @Test
    void twoVersionsAreComparedByTheirBytes() throws IOException {
        Path manifest = manifest(0);
        List<String> lines = new ArrayList<>(Files.readAllLines(manifest));
        Path older = Files.write(folder.resolve("older.csv"), lines);
        // One goes, one is labelled anew, one is renamed, one comes.
        Files.move(folder.resolve("r5.wav"), folder.resolve("renamed.wav"));
        recording("new.wav", new Random(9), 0);
        lines.replaceAll(line -> line.startsWith("r3.wav") ? "r3.wav,0,s3" : line.replace("r5.wav", "renamed.wav"));
        lines.removeIf(line -> line.startsWith("r7.wav"));
        lines.add("new.wav,1,s99");
        Files.write(manifest, lines);
        Files.copy(folder.resolve("renamed.wav"), folder.resolve("r5.wav"));
        assertThat(spira("inspect", manifest, "--against", older)).isZero();
        assertThat(out.toString().lines().dropWhile(line -> !line.startsWith("Since the older version:")))
                .containsExactly("Since the older version:", "  came: 1", "    new.wav", "  went: 1", "    r7.wav",
                        "  labelled anew: 1", "    r3.wav");
        out.getBuffer().setLength(0);
        Files.delete(folder.resolve("r5.wav"));
        assertThat(spira("inspect", manifest, "--against", older, "--headers", "--json")).isZero();
        JsonNode difference = new ObjectMapper().readTree(out.toString()).get("difference");
        assertThat(difference.get("added").toString()).isEqualTo("[\"renamed.wav\",\"new.wav\"]");
        assertThat(difference.get("removed").toString()).isEqualTo("[\"r5.wav\",\"r7.wav\"]");
        assertThat(difference.get("relabelled").toString()).isEqualTo("[\"r3.wav\"]");
    }

    @Test
    void whatIsInTwoManifestsIsTold() throws IOException {
        List<String> lines = Files.readAllLines(manifest(0));
        Files.copy(folder.resolve("r2.wav"), folder.resolve("copy.wav"));
        List<String> training = new ArrayList<>(lines.subList(0, 13));
        List<String> test = new ArrayList<>(lines.subList(13, 25));
        test.add(0, lines.get(0));
        test.add("copy.wav,0,s0");
        Path first = Files.write(folder.resolve("train.csv"), training);
        Path second = Files.write(folder.resolve("test.csv"), test);
        assertThat(spira("inspect", first, second)).isZero();
        assertThat(out.toString()).contains(
                "25 recordings of 24 subjects",
                "! subject s0 is in " + second + " and " + first,
                "copy.wav, r2.wav; of different subjects; IN " + second + " AND " + first);
        out.getBuffer().setLength(0);
        assertThat(spira("inspect", first, second, "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("sharedSubjects").get("s0")).hasSize(2);
        assertThat(json.get("duplicates").get(0).get("manifests")).hasSize(2);
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
        assertThat(json.get("speech").findValuesAsText("name")).contains("F0 mean (Hz)", "articulation rate (syllables/s)");
    }

    @Test
    void whatCannotBeReadAndWhatSoundsTheSameIsListed() throws IOException {
        Path manifest = manifest(0);
        Files.writeString(folder.resolve("r0.wav"), "this is no audio");
        Files.copy(folder.resolve("r2.wav"), folder.resolve("copy.wav"));
        Files.writeString(manifest, Files.readString(manifest) + "copy.wav,1,s3\n");
        assertThat(spira("inspect", manifest)).isZero();
        assertThat(out.toString()).contains(
                "unreadable: 1", "recording r0.wav: ", "(NOT_AUDIO)", "sounding the same: 1 group",
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

    private List<String> rows(String header, IntFunction<String> row) {
        List<String> rows = new ArrayList<>(List.of(header));
        IntStream.range(0, 12).mapToObj(row).forEach(rows::add);
        return rows;
    }

    @ParameterizedTest
    @CsvSource({"Subjekt", "pessoa", "id_paciente"})
    void aColumnThatMayNameTheSpeakersIsToldWithWhatToWrite(String column) throws IOException {
        manifest(0);
        Path manifest = Files.write(folder.resolve("m.csv"), rows(
                "file_path,class," + column, i -> "r" + i + ".wav," + i % 2 + ",p" + i / 3));
        assertThat(spira("inspect", "--headers", manifest)).isZero();
        assertThat(out.toString()).contains("12 recordings of 12 subjects", "! the subjects may be in the column '" + column
                + "', but each recording counts as a subject of its own; set recordings.subjectColumn to '" + column + "'");
        out.getBuffer().setLength(0);
        assertThat(spira("inspect", "--headers", manifest, "--subject-column", column)).isZero();
        assertThat(out.toString()).contains("12 recordings of 4 subjects").doesNotContain("subjects may be in");
    }

    @ParameterizedTest
    @CsvSource({"Subject", "speaker_id", "PACIENTE"})
    void aUsualNameOfTheSpeakersIsUnderstoodAndTold(String column) throws IOException {
        manifest(0);
        Path manifest = Files.write(folder.resolve("m.csv"), rows(
                "file_path,class," + column, i -> "r" + i + ".wav," + i % 2 + ",p" + i / 3));
        assertThat(spira("inspect", "--headers", manifest)).isZero();
        assertThat(out.toString()).contains("12 recordings of 4 subjects", "the column '" + column + "' is read as subject");
    }

    @Test
    void aStrangersTableIsReadByOneLineWhoseSectionReadsItToo() throws IOException {
        manifest(0);
        Path deep = Files.createDirectories(folder.resolve("wavs/2020/may"));
        for (int i = 0; i < 12; i++) {
            Files.move(folder.resolve("r" + i + ".wav"), deep.resolve("r" + i + ".wav"));
        }
        Path table = Files.write(folder.resolve("t.csv"), rows("cough_filename;corona_test;who;kind",
                i -> "r" + i + ".wav;" + (i == 11 ? "pending" : i % 2 == 0 ? "n" : "p") + ";w" + i / 2 + ";"
                        + (i == 10 ? "breath" : "cough")));
        assertThat(spira("inspect", "--headers", table, "--columns", "file=cough_filename,class=corona_test,subject=who",
                "--words", "negative=n,positive=p", "--ignore-words", "pending", "--where", "kind=cough", "--root",
                folder.resolve("wavs"), "--find")).isZero();
        assertThat(out.toString()).contains("10 recordings of 5 subjects", "1 of 12 rows are left out by where",
                "1 of 12 rows are left out, as their class is 'pending' (ignoreWords)");
        String section = out.toString().substring(out.toString().indexOf("recordings:\n"));
        out.getBuffer().setLength(0);
        Path experiment = Files.writeString(folder.resolve("e.yaml"), section + """
                models: {folder: models}
                reader: {type: ffmpeg}
                preprocessing: {window: {type: sliding-window, length: 1, step: 1}, extract: {type: mfcc}}
                model: {type: spiraconv-v2}
                training: {type: dl4j, epochs: 1}
                """);
        assertThat(spira("inspect", "--headers", experiment)).isZero();
        assertThat(out.toString()).contains("10 recordings of 5 subjects", "1 of 12 rows are left out by where");

        assertThat(spira("inspect", table, "--columns", "path=cough_filename")).isEqualTo(2);
        assertThat(err.toString()).contains("--columns must name one of file, class, subject, session, task, offset, duration, end,"
                + " channel before '=', but was 'path=cough_filename'");
        assertThat(spira("inspect", table, "--words", "sick=p")).isEqualTo(2);
        assertThat(err.toString()).contains("--words must be negative=WORD or positive=WORD, but was 'sick=p'");
        assertThat(spira("inspect", table, "--words", "positive=p", "--patient-words", "p")).isEqualTo(2);
        assertThat(err.toString()).contains("only one of --words and --patient-words must be given, but both were; remove one");
    }

    @Test
    void aListIsConvertedToAnotherWithTheSameRecordings() throws IOException {
        manifest(0);
        Path parts = Files.write(folder.resolve("parts.csv"), rows("file_path,class,speaker,start,end,visit",
                i -> "r" + i / 2 + ".wav," + i % 2 + ",p" + i / 4 + "," + i % 2 + "," + (i % 2 + 1.5) + ",v" + i % 3));
        Path cuts = folder.resolve("cuts.jsonl.gz");
        assertThat(spira("convert", parts, "--to", cuts)).isZero();
        assertThat(out.toString()).contains("the column 'speaker' is read as subject", cuts + " has 12 recordings of 3 subjects");
        assertThat(spira("convert", cuts, "--to", folder.resolve("again.csv"))).isZero();
        assertThat(Manifest.at(folder.resolve("again.csv")).load().recordings()).extracting(Recording::id)
                .isEqualTo(Manifest.at(parts).load().recordings().stream().map(Recording::id).toList())
                .startsWith("r0.wav@0+1.5", "r0.wav@1+1.5");

        assertThat(spira("convert", parts, "--to", parts)).isEqualTo(2);
        assertThat(err.toString()).contains("--to must be another file than the source, but was " + parts);
        assertThat(spira("convert", parts, "--to", folder.resolve("none/m.csv"))).isEqualTo(2);
        assertThat(err.toString()).contains("--to must be in a folder that exists, but there is no folder");
        assertThat(spira("convert", parts, "--to", folder.resolve("m.txt"))).isEqualTo(2);
        assertThat(err.toString()).contains("--to must end with .csv, .jsonl or .jsonl.gz, but was");
    }

    @Test
    void classesThatMayChangeBetweenSessionsAreNoFaultOfAnExperimentThatSaysSo() throws IOException {
        manifest(0);
        Path table = Files.write(folder.resolve("visits.csv"), IntStream.range(-1, 24).mapToObj(i -> i < 0
                ? "file_path,class,subject,session" : "r" + i + ".wav," + i % 2 + ",s" + i / 2 + ",v" + i).toList());
        assertThat(spira("inspect", "--headers", table)).isZero();
        assertThat(out.toString()).contains("set labels to bySession");
        Path experiment = Files.writeString(folder.resolve("e.yaml"), """
                recordings: {manifest: visits.csv}
                labels: bySession
                models: {folder: models}
                reader: {type: ffmpeg}
                preprocessing: {window: {type: sliding-window, length: 1, step: 1}, extract: {type: mfcc}}
                model: {type: spiraconv-v2}
                training: {type: dl4j, epochs: 1}
                """);
        for (List<String> format : List.of(List.<String>of(), List.of("--json"))) {
            out.getBuffer().setLength(0);
            List<Object> arguments = new ArrayList<>(List.of("inspect", "--headers", experiment));
            arguments.addAll(format);
            assertThat(spira(arguments.toArray())).isZero();
            assertThat(out.toString()).contains("24").doesNotContain("bySession");
        }
    }

    @Test
    void columnsAndWordsAreSaidAsInAnExperiment() throws IOException {
        manifest(0);
        Path lists = Files.createDirectory(folder.resolve("lists"));
        Path manifest = Files.write(lists.resolve("m.csv"), rows("arquivo,diagn\u00f3stico,idade",
                i -> "r" + i + ".wav," + (i % 2 == 0 ? "Controle" : "Paciente") + "," + (i == 0 ? "ausente" : "4" + i)));
        assertThat(spira("inspect", "--headers", manifest)).isEqualTo(1);
        assertThat(err.toString()).contains("there is no column 'class'").contains("classColumn");
        assertThat(spira("inspect", "--headers", manifest, "--root", folder, "--file-column", "arquivo", "--class-column",
                "diagno\u0301stico", "--control-words", "controle,Controle", "--patient-words", "Paciente",
                "--missing-words", "ausente", "--subject-pattern", "r(.)")).isZero();
        assertThat(out.toString()).contains("12 recordings of 10 subjects", "idade");
        out.getBuffer().setLength(0);
        Path experiment = Files.writeString(folder.resolve("e.yaml"), """
                recordings:
                  manifest: lists/m.csv
                  root: .
                  fileColumn: arquivo
                  classColumn: diagn\u00f3stico
                  controlWords: [Controle]
                  patientWords: [Paciente]
                  missingWords: [ausente]
                models: {folder: models}
                reader: {type: ffmpeg}
                preprocessing: {window: {type: sliding-window, length: 1, step: 1}, extract: {type: mfcc}}
                model: {type: spiraconv-v2}
                training: {type: dl4j, epochs: 1}
                """);
        assertThat(spira("inspect", "--headers", experiment, "--set", "recordings.subjectPattern=r(.)")).isZero();
        assertThat(out.toString()).contains("e.yaml: 12 recordings of 10 subjects", "idade");
        out.getBuffer().setLength(0);
        assertThat(spira("inspect", "--headers", experiment, "--class-column", "unknown", "--set", "recordings.classColumn=diagn\u00f3stico",
                "--subject-pattern", "r(.)", "--patient-words", "Paciente,it's ${HOME}: #1")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no column 'unknown'");
        assertThat(spira("inspect", "--headers", experiment, "--subject-pattern", "r(.)",
                "--patient-words", "Paciente,it's ${HOME}: #1")).isZero();
        assertThat(out.toString()).contains("e.yaml: 12 recordings of 10 subjects");
        assertThat(spira("inspect", experiment, manifest)).isEqualTo(2);
        assertThat(err.toString()).contains("an experiment is inspected alone, but there are 2 parameters");
        assertThat(spira("inspect", manifest, "--subject-pattern", "(")).isEqualTo(2);
        assertThat(err.toString()).contains("--subject-pattern: must be a regular expression, but was '('");
    }

    @Test
    void theClassesOfSeveralManifestsCountTogether() throws IOException {
        manifest(0);
        Path controls = Files.write(folder.resolve("c.csv"), rows("file_path,class,subject", i -> "r" + 2 * i + ".wav,0,a" + i));
        Path patients = Files.write(folder.resolve("p.csv"), rows(
                "file_path,class,subject", i -> "r" + (2 * i + 1) + ".wav,1,b" + i));
        assertThat(spira("inspect", "--headers", controls, patients)).isZero();
        assertThat(out.toString()).contains("24 recordings of 24 subjects");
        assertThat(spira("inspect", "--headers", controls)).isEqualTo(1);
        assertThat(err.toString()).contains("c.csv: no recording of class 1 (PATIENT)");
    }

    @Test
    void recordingsOfSeveralManifestsAreOneForEachFile() throws IOException {
        manifest(0);
        Path whole = Files.write(folder.resolve("c.csv"), rows("file_path,class,subject", i -> "r" + i + ".wav," + i % 2 + ",s" + i));
        Path other = Files.createDirectory(folder.resolve("other"));
        Path same = Files.write(other.resolve("same.csv"), rows(
                "file_path,class,subject", i -> "../r" + i + ".wav," + i % 2 + ",s" + i));
        assertThat(spira("inspect", "--headers", whole, same)).isEqualTo(1);
        assertThat(err.toString()).contains("recording ../r0.wav is listed in " + whole + " and in " + same,
                "and 2 more recordings that are listed twice");
        err.getBuffer().setLength(0);
        Files.copy(folder.resolve("r0.wav"), other.resolve("r0.wav"));
        Path one = Files.writeString(other.resolve("one.csv"), "file_path,class,subject\nr0.wav,0,x\n");
        assertThat(spira("inspect", "--headers", whole, one)).isEqualTo(1);
        assertThat(err.toString()).contains("the path r0.wav must stand for one recording, but is one file in " + whole
                + " and another in " + one + "; write paths from a common folder, and name it as the root");
    }

    @Test
    void columnsAreShownWhereManyFilesAreMissing() throws IOException {
        manifest(0);
        List<String> rows = new ArrayList<>(List.of("file_path,class,subject,sex"));
        for (int i = 0; i < 2_700; i++) {
            rows.add((i < 2 ? "r" + i : "day/p" + i + "/cough") + ".wav," + i % 2 + ",s" + i + "," + (i % 2 == 0 ? "F" : "M"));
        }
        Path manifest = Files.write(folder.resolve("m.csv"), rows);
        assertThat(spira("inspect", "--headers", manifest)).isEqualTo(1);
        assertThat(out.toString()).contains("2700 recordings of 2700 subjects", "! 2698 of 2700 audio files do not exist, such as"
                + " 'day/p2/cough.wav' (line 4), ", "there is no folder " + folder.resolve("day"), "unreadable: 0", "!   sex");
        assertThat(out.toString().length() + err.toString().length()).isLessThan(6_000);
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertThat(spira("inspect", manifest)).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("2698 of 2700 audio files do not exist").hasSizeLessThan(600);
    }

    /** Each row: two spellings in the column of subjects, how many subjects they are, and whether two are nearly the same. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "Andr\u00e9|Andre\u0301|1|false", "Andr\u00e9|Andr\u00e9 |1|false", "Andr\u00e9\u00a0|\u2009Andr\u00e9|1|false",
        "P07\u200b|\ufeffP07|1|false", "\u00c7a|C\u0327a|1|false", "\u304c|\u304b\u3099|1|false", "Andr\u00e9|Andre|2|true",
        "P07|p07|2|true", "P-07|P07|2|true", "P\u201307|P-07|2|true", "P 07|P_07|2|true", "007|7|2|true", "S007|S7|2|true",
        "D'Angelo|D\u2019Angelo|2|true", "\uff21na|Ana|2|true", "Ana\u00a0Reis|Ana Reis|2|true", "Andr\u00e9|Andrea|2|false",
        "1-12|11-2|2|false", "10|100|2|false", "\u304c|\u304b|2|false", "A.1|A1|2|false"})
    void subjectsAreComparedAsPeopleReadThem(String one, String other, int subjects, boolean alike) throws IOException {
        Random random = new Random(5);
        List<String> rows = new ArrayList<>(List.of("file_path,class,subject"));
        for (int i = 0; i < 3; i++) {
            noise("n" + i + ".wav", random, 0.2, 0.1, false);
            rows.add("n" + i + ".wav," + (i == 2 ? 1 : 0) + "," + (i == 0 ? one : i == 1 ? other : "another"));
        }
        assertThat(spira("inspect", "--headers", "--json", Files.write(folder.resolve("m.csv"), rows))).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("subjects").asInt()).isEqualTo(subjects + 1);
        assertThat(json.get("likeSubjects")).hasSize(alike ? 1 : 0);
    }
}
