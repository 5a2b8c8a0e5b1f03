package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.internal.adapter.FaultList;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One corpus, in lists that lhotse and datasets wrote (make_forms_golden.py), gives the same rows in every form. */
class FormsGoldenTest {

    private static final Path FORMS = forms();

    private static Path forms() {
        try {
            return Path.of(Objects.requireNonNull(FormsGoldenTest.class.getResource("forms")).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Arguments> lists() {
        FaultList notices = new FaultList();
        return Stream.of(
                Arguments.of("nemo.jsonl", new JsonLinesForm(FileAudioSource.of(FORMS.resolve("nemo.jsonl")))),
                Arguments.of("folder/metadata.jsonl", new AudioFolder(FORMS.resolve("folder"), notices, ReadRows.RECOGNISED)),
                Arguments.of("folder-csv/metadata.csv", new AudioFolder(FORMS.resolve("folder-csv"), notices, ReadRows.RECOGNISED)),
                Arguments.of("cuts.jsonl.gz", new LhotseFiles(FORMS.resolve("cuts.jsonl.gz"), notices)),
                Arguments.of("recordings.jsonl.gz", new LhotseFiles(FORMS.resolve("recordings.jsonl.gz"), notices)),
                Arguments.of("supervisions.jsonl", new LhotseFiles(FORMS.resolve("supervisions.jsonl"), notices)),
                Arguments.of("kaldi", new KaldiFolder(FORMS.resolve("kaldi"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void theRowsAreThoseOfTheCorpus(String name, Form form) {
        ReadRows read = ReadRows.of(form);
        assertThat(read.faults()).isEmpty();
        assertThat(read.complete()).isTrue();
        List<Map<String, String>> corpus = ReadRows.of(new CsvTable(FileAudioSource.of(FORMS.resolve("corpus.csv")),
                "", ReadRows.RECOGNISED)).values();
        assertThat(read.values().stream().map(FormsGoldenTest::withStandardNames).toList())
                .containsExactlyInAnyOrderElementsOf(corpus.stream().<Map<String, String>>map(TreeMap::new).toList());
    }

    private static Map<String, String> withStandardNames(Map<String, String> row) {
        Map<String, String> renamed = new TreeMap<>(row);
        Map.of("audio_filepath", "file_path", "label", "class").forEach((from, to) -> {
            if (renamed.containsKey(from)) {
                renamed.put(to, renamed.remove(from));
            }
        });
        renamed.keySet().removeAll(List.of("cut", "utterance"));
        return renamed;
    }

    @Test
    void cutsThatAreNoPartOfAFileAreRefusedByName() {
        ReadRows read = ReadRows.of(new LhotseCuts(FileAudioSource.of(FORMS.resolve("odd-cuts.jsonl")), new FaultList()));
        assertThat(read.complete()).isFalse();
        assertThat(read.values()).containsExactly(
                Map.of("file_path", "audio/stereo.wav", "cut", "all-channels"),
                Map.of("file_path", "audio/stereo.wav", "offset", "0.5", "duration", "1", "channel", "2", "cut",
                        "second-channel"));
        List<String> refused = new ArrayList<>(read.faults());
        assertThat(refused).hasSize(5);
        assertThat(refused.get(0)).isEqualTo("line 3: the cut 'padded' must be a part of a file, but is mixed of 2 tracks;"
                + " list the"
                + " cuts before they were mixed or padded, or save the mixtures by lhotse's save_audios and list those files");
        assertThat(refused.get(1)).isEqualTo("line 4: the recording 'visits' must be its file's own audio, but is changed by"
                + " Resample;"
                + " list the data before these changes, or save the changed audio by lhotse's save_audios and list those files");
        assertThat(refused.get(2)).contains("line 5").contains("changed by Speed");
        assertThat(refused.get(3)).isEqualTo("line 6: the cut 'padding' must be a part of a file, but is padding; leave it out");
        assertThat(refused.get(4)).contains("line 7").contains("'mixed'");
    }
}
