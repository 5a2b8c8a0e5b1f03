package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.recording.AudioSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesFormTest {

    private static final String GOOD = "{\"audio_filepath\": \"a.wav\", \"label\": 1}\n";

    private static ReadRows read(byte[] bytes) {
        return ReadRows.of(new JsonLinesForm(AudioSource.ofBytes("list.jsonl", bytes)));
    }

    private static ReadRows read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void valuesKeepTheirTextAndNullIsAbsent() {
        ReadRows read = read("\uFEFF{\"file_name\":\"audio\\/jo\u00e3o.wav\",\"duration\":10000000,\"snr\":-1.50e-3,"
                + "\"smoker\":true,\"label\":null,\"caf\\u00e9\":\"\"}\r\n\r\n  \n" + GOOD.strip());
        assertThat(read.faults()).isEmpty();
        assertThat(read.complete()).isTrue();
        assertThat(read.values()).containsExactly(
                Map.of("file_name", "audio/jo\u00e3o.wav", "duration", "10000000", "snr", "-1.50e-3", "smoker", "true",
                        "caf\u00e9", ""),
                Map.of("audio_filepath", "a.wav", "label", "1"));
        assertThat(read.rows()).extracting(row -> row.place().line()).containsExactly(1L, 4L);
    }

    @Test
    void gzipIsKnownByItsBytes() throws IOException {
        byte[] twice = Arrays.copyOf(gzip(GOOD), 2 * gzip(GOOD).length);
        System.arraycopy(gzip(GOOD), 0, twice, twice.length / 2, twice.length / 2);
        assertThat(read(twice).rows()).hasSize(2);
        assertThat(read(twice).complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[1]|must be a JSON object, but was an array",
        "7|must be a JSON object, but was a single value",
        "{\"a\":1},|must end after its JSON object, but goes on",
        "{\"a\":1|must hold a whole JSON object, but ends within it",
        "{\"a\":\"b|must hold a whole JSON object, but ends within it",
        "{\"a\":1,\"a\":null}|has the name 'a' twice",
        "{\"a\":null,\"a\":1}|has the name 'a' twice",
        "{\"a\":1,\" a\":2}|has the name 'a' twice, in objects or spellings that are one here",
        "{\"words\":[1]}|'words' must be text, a number or a boolean, but was an array",
        "{\"m\":{}}|'m' must be text, a number or a boolean, but was an object",
        "{\"\":1}|has a blank name, of the value '1'",
        "{\"a\":\"\\ud800\"}|has an escape \\ud800 that is half a character"
    })
    void aFaultyLineIsToldAndTheOthersAreRead(String line, String finding) {
        ReadRows read = read(GOOD + line + "\n" + GOOD);
        assertThat(read.faults()).singleElement().asString().startsWith("line 2: " + finding + "; ");
        assertThat(read.rows()).hasSize(2);
        assertThat(read.complete()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"a\":NaN}", "{'a':1}", "{\"a\" 1}", "{\"a\":01}", "{\"a\":tru}", "{\"a\":1 2}"
    })
    void otherDialectsAreNoJson(String line) {
        assertThat(read(line).faults()).singleElement().asString()
                .startsWith("line 1: is not valid JSON (").endsWith("); correct it").hasSizeLessThan(200);
    }

    @Test
    void deepObjectsAreOneSentence() {
        ReadRows read = read("{\"a\":".repeat(100_000) + "\n" + GOOD + "{\"a\":" + "[".repeat(100_000) + "\n");
        assertThat(read.faults()).containsExactly(
                "line 1: must nest objects and arrays at most 32 deep, but nests them deeper; correct it",
                "line 3: must nest objects and arrays at most 32 deep, but nests them deeper; correct it");
        assertThat(read.rows()).hasSize(1);
    }

    @Test
    void aHugeLineEndsReading() {
        byte[] bytes = new byte[(1 << 24) + 100];
        Arrays.fill(bytes, (byte) 'a');
        System.arraycopy(GOOD.getBytes(StandardCharsets.UTF_8), 0, bytes, 0, GOOD.length());
        ReadRows read = read(bytes);
        assertThat(read.faults()).containsExactly(
                "line 2: must be at most 16777216 bytes, but is longer; write each row on a line of its own");
        assertThat(read.rows()).hasSize(1);
        assertThat(read.complete()).isFalse();
    }

    @Test
    void otherEncodingsAreTold() {
        byte[] latin = (GOOD + "{\"a\":\"jo\u00e3o\"}\n" + GOOD).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(latin).faults()).containsExactly(
                "line 2: has the byte 0xE3, which is not UTF-8; save the list in the encoding UTF-8");
        assertThat(read(latin).rows()).hasSize(2);
        assertThat(read(GOOD.getBytes(StandardCharsets.UTF_16LE)).faults()).containsExactly(
                "line 1: has a byte 0, which no text in UTF-8 has; save the list in the encoding UTF-8, or correct its path");
    }

    @Test
    void damagedGzipIsOneSentence() throws IOException {
        byte[] whole = gzip(GOOD);
        assertThat(read(Arrays.copyOf(whole, whole.length - 9)).faults())
                .containsExactly("the compressed list ends early; copy or write it again");
        byte[] altered = whole.clone();
        altered[whole.length - 6] ^= 1;
        ReadRows read = read(altered);
        assertThat(read.complete()).isFalse();
        assertThat(read.faults()).containsExactly("the list must be compressed by gzip, but its bytes are not (Corrupt GZIP"
                + " trailer); copy or write it again, or remove .gz from its name if it is plain text");
        assertThat(ReadRows.of(new JsonLinesForm(AudioSource.ofBytes("list.jsonl.gz",
                GOOD.getBytes(StandardCharsets.UTF_8)))).faults())
                .containsExactly("the list must be compressed by gzip, but its bytes are not (Not in GZIP format); copy or"
                        + " write it again, or remove .gz from its name if it is plain text");
    }

    @Test
    void aFileThatIsNotThereIsTold(@TempDir Path folder) {
        assertThat(ReadRows.of(new JsonLinesForm(FileAudioSource.of(folder.resolve("none.jsonl")))).faults())
                .containsExactly("there is no such file; correct the list's path");
        assertThat(ReadRows.of(new JsonLinesForm(FileAudioSource.of(folder), "x")).faults()).singleElement().asString()
                .startsWith("x: the list could not be read (");
    }
}
