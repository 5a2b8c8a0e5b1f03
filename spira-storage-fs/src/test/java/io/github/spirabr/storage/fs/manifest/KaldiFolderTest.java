package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KaldiFolderTest {

    @TempDir
    Path folder;

    @BeforeEach
    void goodFolder() throws IOException {
        write("wav.scp", "r1 audio/a b.wav\nr2\taudio/c.wav\r\n");
        write("segments", "u1 r1 0.5 1.75\nu2 r1 2 -1\nu3 r2 0 3.5 1\n");
        write("utt2spk", "u1 ana\nu2 ana\nu3 rui\n");
        write("spk2gender", "rui m\nana f\n");
        write("utt2label", "u1 1\nu2 1\nu3 0\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private ReadRows read() {
        return ReadRows.of(new KaldiFolder(folder));
    }

    @Test
    void tablesAreJoinedByUtteranceAndSpeaker() throws IOException {
        write("reco2file_and_channel", "r1 a B\n");
        write("reco2dur", "r2 3.5\n");
        write("text", "u2 o rato roeu\n");
        write("utt2visit", "u1 1\nu2 2\nu3 1\n");
        write("spk2utt", "ana u1 u2\nrui u3\n");
        write("feats.scp", "u1 x.ark:12\n");
        ReadRows read = read();
        assertThat(read.faults()).isEmpty();
        assertThat(read.complete()).isTrue();
        assertThat(read.values()).containsExactly(
                Map.of("file_path", "audio/a b.wav", "channel", "2", "offset", "0.5", "duration", "1.25", "utterance", "u1",
                        "subject", "ana", "sex", "f", "class", "1", "visit", "1"),
                Map.of("file_path", "audio/a b.wav", "channel", "2", "offset", "2", "utterance", "u2", "subject", "ana", "sex",
                        "f",
                        "class", "1", "visit", "2", "text", "o rato roeu"),
                Map.of("file_path", "audio/c.wav", "channel", "2", "utterance", "u3", "subject", "rui", "sex", "m", "class", "0",
                        "visit", "1"));
    }

    @Test
    void withoutSegmentsRecordingsAreUtterances() throws IOException {
        Files.delete(folder.resolve("segments"));
        Files.delete(folder.resolve("spk2gender"));
        write("utt2spk", "r1 ana\nr2 rui\n");
        write("utt2label", "r2 0\nr1 1\n");
        assertThat(read().values()).containsExactly(
                Map.of("file_path", "audio/a b.wav", "utterance", "r1", "subject", "ana", "class", "1"),
                Map.of("file_path", "audio/c.wav", "utterance", "r2", "subject", "rui", "class", "0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "wav.scp|r2 sph2pipe -f wav c.sph !|wav.scp line 2: the recording 'r2' must be a file, but is a command",
        "wav.scp|r2 audio/all.ark:123|wav.scp line 2: the recording 'r2' must be a file, but was 'audio/all.ark:123'",
        "wav.scp|r2 -|wav.scp line 2: the recording 'r2' must be a file, but was '-'",
        "wav.scp|r2|wav.scp line 2: must have a name and a value, but has 'r2' alone",
        "wav.scp|r1 c.wav|wav.scp line 2: 'r1' must be listed once, but is already in wav.scp line 1",
        "segments|u2 r1 2|segments line 2: must have an utterance, a recording, a start and an end, but has 3 values",
        "segments|u2 r9 2 3|segments line 2: the recording 'r9' must be listed, but wav.scp has none of this name",
        "segments|u2 r1 3 2|segments line 2: must start at 0 s at least and end later, or at -1 for the end of the file, but"
                + " starts at 3",
        "segments|u2 r1 0,5 2|segments line 2: the start must be a decimal number of seconds, but was '0,5'",
        "segments|u2 r1 0 2 B|segments line 2: a channel must be a number from 0 on, but was 'B'",
        "utt2spk|u9 ana|segments line 2: the utterance 'u2' must be in utt2spk, but is not",
        "utt2label|u9 1|utt2label line 2: the utterance 'u9' must be in the list of recordings, but is not",
        "spk2gender|bia f|segments line 1: the speaker 'ana' must be in spk2gender, but is not"
    })
    void faultsNameFileAndLine(String file, String secondLine, String finding) throws IOException {
        String[] lines = Files.readString(folder.resolve(file)).split("\n");
        lines[1] = secondLine.replace('!', '|');
        write(file, String.join("\n", lines) + "\n");
        ReadRows read = read();
        assertThat(read.faults()).anySatisfy(sentence -> assertThat(sentence).startsWith(finding).contains("; "));
        assertThat(read.complete()).isFalse();
    }

    @Test
    void filesMustFitTogether() throws IOException {
        write("utt2class", "u1 1\n");
        assertThat(read().faults()).containsExactly("utt2label: must be the only file of the column 'class', but utt2class is"
                + " one, too; remove one");
        Files.delete(folder.resolve("utt2class"));
        Files.delete(folder.resolve("utt2spk"));
        assertThat(read().faults()).containsExactly("spk2gender: must come with utt2spk, which says who speaks, but the folder"
                + " has none; add it");
        Files.delete(folder.resolve("wav.scp"));
        assertThat(read().faults()).contains("wav.scp: there is no such file; correct the list's path");
    }

    @Test
    void aRecordingWithoutASegmentIsTold() throws IOException {
        write("segments", "u1 r1 0.5 1.75\nu2 r1 2 -1\nu3 r1 4 5\n");
        ReadRows read = read();
        assertThat(read.faults()).containsExactly("wav.scp line 2: the recording 'r2' must have a segment, but has none; add"
                + " it to segments, or remove the recording");
        assertThat(read.complete()).isFalse();
    }

    @Test
    void binaryFilesAreOneSentence() throws IOException {
        Files.write(folder.resolve("segments"), "u1 r1 \0\0\n".getBytes(StandardCharsets.UTF_8));
        assertThat(read().faults()).contains("segments line 1: has a byte 0, which no text in UTF-8 has; save the list in the"
                + " encoding UTF-8, or correct its path");
    }
}
