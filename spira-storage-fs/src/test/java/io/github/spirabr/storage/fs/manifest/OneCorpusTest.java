package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.inspection.ContentInspector;
import io.github.spirabr.core.inspection.DatasetInspection;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One corpus, written in all forms by the tools of make_forms_golden.py, is one data set. */
class OneCorpusTest {

    @TempDir
    private static Path folder;

    /** Copies the lists and makes the files that they name. */
    @BeforeAll
    static void writeCorpus() throws IOException, URISyntaxException {
        Path forms = Path.of(Objects.requireNonNull(OneCorpusTest.class.getResource("forms")).toURI());
        try (Stream<Path> files = Files.walk(forms)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(forms.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Files.createDirectories(folder.resolve("own"));
        Files.copy(forms.resolve("corpus.csv"), folder.resolve("own/metadata.csv"));
        Files.writeString(folder.resolve("own/patients.csv"), "audio/ana.wav\n");
        for (String place : List.of("audio", "own/audio", "folder/audio", "folder-csv/audio")) {
            Files.createDirectories(folder.resolve(place));
            for (String name : List.of("ana.wav", "v\u00edtor \u00e9.wav", "visits.wav")) {
                Files.writeString(folder.resolve(place).resolve(name), "the sound of " + name);
            }
        }
        String csv = Files.readString(folder.resolve("corpus.csv"));
        Files.write(folder.resolve("brazil.csv"), csv.replace(",", ";").replaceAll(";(\\d+)\\.(\\d+)", ";$1,$2")
                .getBytes(Charset.forName("windows-1252")));
        Files.write(folder.resolve("utf16.csv"), csv.replace(",", "\t").getBytes(Charset.forName("UTF-16")));
        Files.writeString(folder.resolve("other-names.csv"), csv.replaceFirst("file_path,class,subject", "arquivo,Label,SPEAKER"));
    }

    private static Dataset load(String list, String encoding) {
        Manifest.Builder manifest = Manifest.builder(folder.resolve(list));
        if (list.equals("kaldi")) {
            manifest.root(folder);
        }
        return (encoding == null ? manifest : manifest.layout(Map.of("encoding", encoding))).build().load();
    }

    private static String fingerprint(Dataset dataset) {
        return DatasetInspection.of(dataset.recordings().stream().map(new ContentInspector()::inspect).toList()).fingerprint();
    }

    private static Map<String, Recording> byId(Dataset dataset) {
        Map<String, Recording> byId = new TreeMap<>();
        for (Recording one : dataset.recordings()) {
            Map<String, String> metadata = new TreeMap<>(one.metadata());
            metadata.keySet().removeAll(List.of("cut", "utterance"));
            byId.put(one.id(), new Recording(one.id(), one.subject(), one.label(), metadata,
                    AudioSource.partOf(AudioSource.ofBytes("", new byte[0]), one.audio().part())));
        }
        return byId;
    }

    @ParameterizedTest
    @CsvSource({"brazil.csv, windows-1252", "utf16.csv,", "other-names.csv,", "nemo.jsonl,", "folder,", "folder-csv,", "own,",
        "folder/metadata.jsonl,", "cuts.jsonl.gz,", "recordings.jsonl.gz,", "supervisions.jsonl,", "kaldi,"})
    void oneCorpusIsOneDataSetInAllForms(String list, String encoding) {
        Dataset corpus = load("corpus.csv", null);
        Dataset dataset = load(list, encoding);

        assertThat(dataset.recordings()).hasSize(5);
        assertThat(fingerprint(dataset)).isEqualTo(fingerprint(corpus));
        assertThat(texts(byId(dataset))).isEqualTo(texts(byId(corpus)));
    }

    private static List<String> texts(Map<String, Recording> recordings) {
        return recordings.values().stream().map(one -> String.join("|", one.id(), one.subject(), one.label().toString(),
                one.metadata().toString(), one.audio().part().toString())).toList();
    }

    @ParameterizedTest
    @CsvSource({"manifest.csv", "written.jsonl", "written.jsonl.gz"})
    void whatIsConvertedIsTheSameDataSet(String name) throws IOException {
        Dataset corpus = load("cuts.jsonl.gz", null);
        ListWriter.write(corpus.recordings(), folder.resolve(name),
                file -> new SourceFormat("pcm_s16le", 44_100, 1, Duration.ofSeconds(10)));

        Dataset written = load(name, null);
        assertThat(written.recordings()).isEqualTo(corpus.recordings());
        assertThat(fingerprint(written)).isEqualTo(fingerprint(corpus));
    }
}
