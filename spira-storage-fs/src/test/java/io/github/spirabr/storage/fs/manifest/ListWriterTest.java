package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A list that was written is read back as the same recordings. */
class ListWriterTest {

    /** The length of a file. */
    private record FileLength(int sampleRate, long samples, int channels) {}

    private static final Map<String, FileLength> FILES = Map.of(
            "a.wav", new FileLength(44100, 4410001, 1), "sub folder/é #%20,\"b\".flac", new FileLength(8000, 800000, 2));

    private static Path folder = Path.of("unset");

    @BeforeContainer
    static void createFolder() throws IOException {
        folder = Files.createTempDirectory("lists");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static SourceFormat format(AudioSource file) {
        FileLength length = FILES.get(folder.relativize(Path.of(file.name())).toString());
        return new SourceFormat("pcm_s16le", length.sampleRate, length.channels,
                Duration.ofNanos(length.samples * 1_000_000_000 / length.sampleRate));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void listsAreReadBack(@ForAll("recordings") List<Recording> recordings) throws IOException {
        for (String name : List.of("manifest.csv", "cuts.jsonl", "cuts.jsonl.gz")) {
            Path list = folder.resolve(name);
            ListWriter.write(recordings, list, ListWriterTest::format);
            assertThat(read(list)).as(name).isEqualTo(recordings);
        }
    }

    private static List<Recording> read(Path list) {
        ReadRows read = ReadRows.of(list.toString().endsWith(".csv")
                ? new CsvTable(FileAudioSource.of(list), "", ReadRows.RECOGNISED) : new LhotseFiles(list, new FaultList()));
        assertThat(read.faults()).isEmpty();
        return read.values().stream().map(row -> recording(list, row)).toList();
    }

    private static Recording recording(Path list, Map<String, String> row) {
        Map<String, String> metadata = new TreeMap<>(row);
        String path = metadata.remove("file_path");
        String offset = metadata.remove("offset");
        String channel = metadata.remove("channel");
        AudioPart part = AudioPart.WHOLE;
        if (offset != null) {
            String duration = metadata.remove("duration");
            part = duration == null ? AudioPart.from(duration(offset)) : AudioPart.of(duration(offset), duration(duration));
        }
        part = channel == null ? part : part.ofChannel(Integer.parseInt(channel));
        String label = metadata.remove("class");
        return new Recording(path + part.idSuffix(), metadata.remove("subject"),
                label.equals("1") ? Label.PATIENT : Label.CONTROL, metadata,
                AudioSource.partOf(FileAudioSource.of(list.resolveSibling(path)), part));
    }

    private static Duration duration(String seconds) {
        return Duration.ofNanos(new java.math.BigDecimal(seconds).movePointRight(9).longValueExact());
    }

    @Provide
    Arbitrary<List<Recording>> recordings() {
        Arbitrary<String> texts = Arbitraries.strings().withChars("aé1,;\"' \n#=\\/{}\u4E2D").withCharRange('b',
                'f').ofMinLength(1)
                .ofMaxLength(8).map(text -> "x" + text.strip());
        Arbitrary<String> names = Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(3, texts), net.jqwik.api.Tuple.of(2,
                Arbitraries.of("cut", "gender", "text", "language", "session", "task", "speaker", "id", "recording", "custom")));
        Arbitrary<AudioPart> parts = Combinators.combine(Arbitraries.of(0L, 1L, 500_000_000L, 33_333_333_333L, 99_999_999_999L),
                Arbitraries.of(-1L, 22_676L, 1_250_000_000L, 100_000_022_676L, 66_666_666_667L), Arbitraries.of(0, 1, 2))
                .as(ListWriterTest::part);
        Arbitrary<Recording> one = Combinators.combine(Arbitraries.of(FILES.keySet()), parts, texts, Arbitraries.of(Label.class),
                Arbitraries.maps(names, texts).ofMaxSize(4)).as(ListWriterTest::recording);
        return one.list().ofMinSize(1).ofMaxSize(6).uniqueElements(Recording::id);
    }

    private static AudioPart part(long offset, long duration, int channel) {
        AudioPart part = duration < 0 ? AudioPart.from(Duration.ofNanos(offset))
                : AudioPart.of(Duration.ofNanos(offset), Duration.ofNanos(duration));
        return channel == 0 ? part : part.ofChannel(channel);
    }

    /** Returns the recording, or of the whole file if the file has no such part. */
    private static Recording recording(String path, AudioPart wanted, String subject, Label label, Map<String, String> metadata) {
        FileLength length = FILES.get(path);
        boolean inside = wanted.channel().orElse(1) <= length.channels()
                && wanted.firstSample(length.sampleRate()) < length.samples()
                && (wanted.duration().isEmpty() || wanted.endSample(length.sampleRate()) <= length.samples()
                && wanted.endSample(length.sampleRate()) > wanted.firstSample(length.sampleRate()));
        AudioPart part = inside ? wanted : AudioPart.WHOLE;
        return new Recording(path + part.idSuffix(), subject, label, metadata,
                AudioSource.partOf(FileAudioSource.of(folder.resolve(path)), part));
    }

    @Example
    void pathsStartFromTheListsFolder() throws IOException {
        Recording one = recording("a.wav", AudioPart.WHOLE, "ana", Label.PATIENT, Map.of("task", "phrase", "age", "61"));
        Path other = Files.createDirectories(folder.resolve("other")).resolve("manifest.csv");
        ListWriter.write(List.of(one), other, ListWriterTest::format);
        assertThat(other).hasContent("file_path,class,subject,task,age\n../a.wav,1,ana,phrase,61\n");
        Recording inABucket = new Recording("s3://b/k.wav@0.5+end", "rui", Label.CONTROL, Map.of(),
                AudioSource.partOf(AudioSource.ofBytes("k", new byte[0]), AudioPart.from(Duration.ofMillis(500))));
        ListWriter.write(List.of(inABucket), other, ListWriterTest::format);
        assertThat(other).hasContent("file_path,class,subject,offset\ns3://b/k.wav,0,rui,0.5\n");
        try (Stream<Path> files = Files.list(other.getParent())) {
            assertThat(files).containsExactly(other);
        }
    }

    @Example
    void whatWouldNotBeReadBackIsRefusedAndTheOldListStays() throws IOException {
        Path list = folder.resolve("kept.csv");
        Files.writeString(list, "old");
        List<Map<String, String>> metadata = List.of(
                Map.of("offset", "1"), Map.of("class", "1"), Map.of("age", "NA"), Map.of("age", ""), Map.of("spira_part", "1+2"));
        List<String> refusals = new ArrayList<>();
        for (Map<String, String> one : metadata) {
            Recording recording = recording("a.wav", AudioPart.WHOLE, "ana", Label.PATIENT, one);
            assertThatThrownBy(() -> ListWriter.write(List.of(recording), list, ListWriterTest::format))
                    .isInstanceOfSatisfying(IllegalArgumentException.class, e -> refusals.add(e.getMessage()));
        }
        assertThat(refusals.get(0)).isEqualTo("metadata of the recording a.wav must have names that are not understood"
                + " otherwise, but has 'offset'; rename the column");
        assertThat(refusals.get(2)).isEqualTo("metadata of the recording a.wav must have a name and a value that can be read"
                + " back, but 'age' has 'NA', which means a missing value; write it in another way, or leave it out");
        assertThat(list).hasContent("old");
        Recording outside = new Recording("a", "ana", Label.PATIENT, Map.of(), AudioSource.partOf(
                FileAudioSource.of(folder.resolve("a.wav")), AudioPart.of(Duration.ofSeconds(99), Duration.ofSeconds(3))));
        assertThatThrownBy(() -> ListWriter.write(List.of(outside), folder.resolve("kept.jsonl"), ListWriterTest::format))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("must be a part of the recording 'a' of 100.000022676"
                        + " s, but is 3 s from 99 s on; correct start and duration");
        assertThatThrownBy(() -> ListWriter.write(List.of(outside), folder.resolve("kept.jsonl"),
                file -> new SourceFormat("aac", 44100, 1, Duration.ZERO)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("the length of " + folder.resolve("a.wav")
                        + " must be known for a list of lhotse, but its header has none; convert the file to WAV or FLAC");
        assertThat(folder.resolve("kept.jsonl")).doesNotExist();
        assertThatThrownBy(() -> ListWriter.write(List.of(outside), folder.resolve("list.txt"), ListWriterTest::format))
                .hasMessage("the list must end with .csv, .jsonl or .jsonl.gz, but was " + folder.resolve("list.txt")
                        + "; name it manifest.csv or cuts.jsonl.gz");
    }
}
