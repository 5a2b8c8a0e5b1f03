package io.github.spirabr.storage.fs.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.recording.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that are longer than what is read at a time. */
class LongManifestTest {

    private static final int ROWS = 9_000;

    @TempDir
    Path folder;

    private Path write(byte[] text) throws IOException {
        return Files.write(folder.resolve("long.csv"), text);
    }

    private static String text(String end) {
        StringBuilder text = new StringBuilder("\uFEFFfile_path,class,subject,hospital,note" + end);
        for (int i = 0; i < ROWS; i++) {
            text.append("ção/é").append(i).append(".wav,").append(i % 2).append(",s").append(i / 3).append(",São João,")
                    .append("x".repeat(i % 5)).append('n').append(i).append(end);
        }
        return text.toString();
    }

    @Test
    void everyRowIsReadWithItsLettersAndTextsThatAreRepeatedAreHeldOnce() throws IOException {
        for (String end : List.of("\n", "\r\n")) {
            List<Recording> recordings = Manifest.at(write(text(end).getBytes(UTF_8))).list();
            assertThat(recordings).hasSize(ROWS);
            for (int i = 0; i < ROWS; i++) {
                Recording one = recordings.get(i);
                assertThat(one.id()).isEqualTo("ção/é" + i + ".wav");
                assertThat(one.audio().name()).isEqualTo(folder.resolve(one.id()).toString());
                assertThat(one.metadata()).containsEntry("note", "x".repeat(i % 5) + "n" + i);
                assertThat(one.metadata().get("hospital")).isEqualTo("São João")
                        .isSameAs(recordings.get(0).metadata().get("hospital"));
                assertThat(one.subject()).isSameAs(recordings.get(i - i % 3).subject());
            }
        }
    }

    @Test
    void badBytesAreToldWithTheirLinesWhereverTheyAre() throws IOException {
        for (String end : List.of("\n", "\r\n", "\r")) {
            byte[] good = text(end).getBytes(UTF_8);
            // About every multiple of the 64 kB that are read at a time, and the last one.
            for (int place : new int[] {65_535, 65_536, 65_537, 131_072, good.length - 4}) {
                ByteArrayOutputStream bad = new ByteArrayOutputStream();
                int start = place;
                while ((good[start] & 0xC0) == 0x80 || good[start] == '\n') {
                    start++;
                }
                bad.write(good, 0, start);
                bad.write(0xE9);
                bad.write(good, start, good.length - start);
                String before = new String(good, 0, start, UTF_8);
                long line = 1 + before.replace("\r\n", "\n").chars().filter(one -> one == '\n' || one == '\r').count();
                Path manifest = write(bad.toByteArray());
                assertThat(catchThrowableOfType(InvalidDatasetException.class, () -> Manifest.at(manifest).list()).faults())
                        .first().isEqualTo("line " + line
                                + ": has the byte 0xE9, which is not UTF-8; save the manifest in the encoding UTF-8, or set encoding");
            }
        }
    }

    @Test
    void aTextThatEndsWithinALetterIsTold() throws IOException {
        byte[] good = text("\n").getBytes(UTF_8);
        ByteArrayOutputStream cut = new ByteArrayOutputStream();
        cut.write(good);
        cut.write("last.wav,0,s,h,é".getBytes(UTF_8), 0, 16);
        assertThat(catchThrowableOfType(InvalidDatasetException.class, () -> Manifest.at(write(cut.toByteArray())).list())
                .faults()).containsExactly("line " + (ROWS + 2)
                        + ": has the byte 0xC3, which is not UTF-8; save the manifest in the encoding UTF-8, or set encoding");
    }

    @Test
    void aFileThatIsListedTwiceIsFoundAmongMany() throws IOException {
        byte[] good = text("\n").getBytes(UTF_8);
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.write(good);
        twice.write("other/../ção/é4711.wav,0,s,h,n\n".getBytes(UTF_8));
        assertThat(catchThrowableOfType(InvalidDatasetException.class, () -> Manifest.at(write(twice.toByteArray())).list())
                .faults()).containsExactly("line " + (ROWS + 2) + ": the audio file 'other/../ção/é4711.wav' is already listed in"
                        + " line 4713; list it once");
    }

    @Test
    void filesWhoseNamesHaveOneHashAreTwoFiles() throws IOException {
        assertThat("Aa.wav").hasSameHashCodeAs("BB.wav");
        assertThat(Manifest.at(write("file_path,class\nAa.wav,0\nBB.wav,1\n".getBytes(UTF_8))).list()).hasSize(2);
    }
}
