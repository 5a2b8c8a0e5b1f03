package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherFormsTest {

    private static String form(Path path) {
        return OtherForms.recognise(FileAudioSource.of(path), Files.isDirectory(path) ? path : null).orElse("csv");
    }

    private static String form(String text) {
        return OtherForms.recognise(AudioSource.ofBytes("-", text.getBytes(StandardCharsets.UTF_8)), null).orElse("csv");
    }

    @ParameterizedTest
    @CsvSource({"cuts.jsonl.gz,lhotse", "odd-cuts.jsonl,lhotse", "recordings.jsonl.gz,lhotse", "supervisions.jsonl,lhotse",
        "kaldi,kaldi", "kaldi/wav.scp,kaldi", "nemo.jsonl,json-lines", "folder,audio-folder", "folder/metadata.jsonl,json-lines",
        "folder-csv/metadata.csv,csv", "corpus.csv,csv"})
    void listsAreRecognisedByTheirContents(String name, String form) throws URISyntaxException {
        Path path = Path.of(Objects.requireNonNull(OtherFormsTest.class.getResource("forms/" + name)).toURI());
        assertThat(form(path)).isEqualTo(form);
        if (!form.equals("csv")) {
            ReadRows read = ReadRows.of(OtherForms.named(form, FileAudioSource.of(path), path, ReadRows.RECOGNISED, new FaultList()));
            assertThat(read.rows()).isNotEmpty();
        }
    }

    @Test
    void theFirstLineTells(@TempDir Path folder) throws IOException {
        assertThat(form("\uFEFF\r\n {\"audio\":\"a.wav\"}")).isEqualTo("json-lines");
        assertThat(form("[{\"audio\":\"a.wav\"}]")).isEqualTo("json-lines");
        assertThat(form("{")).isEqualTo("json-lines");
        assertThat(form("PAR1\0\0")).isEqualTo("parquet");
        assertThat(form("")).isEqualTo("csv");
        assertThat(form("{\"file\": 1}".repeat(100_000))).isEqualTo("json-lines");
        assertThat(form(folder.resolve("none.csv"))).isEqualTo("csv");
        assertThat(OtherForms.recognise(AudioSource.ofBytes("damaged.jsonl.gz", new byte[] {0x1F, (byte) 0x8B, 8}), null))
                .contains("json-lines");
        Files.writeString(folder.resolve("patients.csv"), "id\n");
        assertThat(form(folder)).isEqualTo("spira-bm");
        assertThat(OtherForms.named("spira-bm", FileAudioSource.of(folder), folder,
                ReadRows.RECOGNISED, new FaultList())).isInstanceOf(SpiraBmExport.class);
    }

    @Test
    void aFormThatDoesNotFitIsRefused() {
        AudioSource file = AudioSource.ofBytes("list", new byte[0]);
        assertThatThrownBy(() -> OtherForms.named("kaldi", file, null, ReadRows.RECOGNISED, new FaultList()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a list of the form kaldi must be a folder, but was list; name the folder");
        assertThatThrownBy(() -> OtherForms.named("parquet", file, null, ReadRows.RECOGNISED, new FaultList())).hasMessage("the list must be CSV,"
                + " JSON lines"
                + " or a folder, but list is Parquet, which is not read; write it anew, for example by to_json of datasets in"
                + " Python");
        assertThat(OtherForms.named("lhotse", file, null, ReadRows.RECOGNISED, new FaultList())).isInstanceOf(LhotseCuts.class);
    }
}
