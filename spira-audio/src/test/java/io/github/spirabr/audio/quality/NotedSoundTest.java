package io.github.spirabr.audio.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.decode.FfmpegHeaders;
import io.github.spirabr.core.audio.SoundNote;
import io.github.spirabr.core.inspection.DatasetInspection;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Inspections count the recordings of which sound was filled in, and headers give lengths of large files. */
class NotedSoundTest {

    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = NotedSoundTest.class.getResourceAsStream("/io/github/spirabr/audio/decode/" + name)) {
            return in.readAllBytes();
        }
    }

    private static RecordingFacts facts(String id, String file) throws IOException {
        Recording recording = new Recording(id, id, Label.CONTROL, Map.of(), AudioSource.ofBytes(id, fixture(file)));
        return AudioInspector.of(FfmpegAudioReader.builder().build()).inspect(recording);
    }

    @Test
    void anInspectionCountsFilledHoles() throws IOException {
        DatasetInspection inspection = DatasetInspection.of(
                List.of(facts("b", "muted.webm"), facts("a", "muted.ogg"), facts("c", "tones.flac")));
        assertThat(inspection.noted()).hasSize(1);
        DatasetInspection.NotedRecordings noted = inspection.noted().get(0);
        assertThat(noted.kind()).isEqualTo(SoundNote.Kind.GAPS_FILLED);
        assertThat(noted.recordings()).containsExactly("a", "b");
        assertThat(noted.duration().toMillis()).isBetween(1998L, 2004L);
    }

    private static double headerSeconds(byte[] file) {
        return FfmpegHeaders.read("r", AudioSource.ofBytes("r", file)).duration().toNanos() / 1e9;
    }

    /** 60 s of stereo at 48 kHz are 11.5 MB, of which 4 MiB are read. */
    @Test
    void headersOfLargeWavFilesGiveTheirLength() {
        int data = 60 * 48_000 * 4;
        ByteBuffer wav = ByteBuffer.allocate(44 + data).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(36 + data).put(ascii("WAVEfmt ")).putInt(16).putShort((short) 1).putShort((short) 2);
        wav.putInt(48_000).putInt(4 * 48_000).putShort((short) 4).putShort((short) 16).put(ascii("data")).putInt(data);
        assertThat(headerSeconds(wav.array())).isEqualTo(60);
        wav.putInt(40, -1);
        assertThat(headerSeconds(wav.array())).as("unknown, as its writer could not go back").isZero();
    }

    @Test
    void headersOfW64GiveTheirLength() throws IOException {
        assertThat(headerSeconds(fixture("tones.w64"))).isCloseTo(0.8, within(1e-9));
    }

    /** As phones write it: ten megabytes of samples before the index. */
    @Test
    void headersOfM4aWithTheIndexAtTheEndGiveTheirLength() throws IOException {
        byte[] small = fixture("tones.m4a");
        int samples = 10 << 20;
        ByteBuffer large = ByteBuffer.allocate(small.length + samples);
        ByteBuffer in = ByteBuffer.wrap(small);
        byte[] index = new byte[0];
        while (in.remaining() >= 8) {
            byte[] atom = new byte[in.getInt(in.position())];
            in.get(atom);
            String name = new String(atom, 4, 4, StandardCharsets.US_ASCII);
            if (name.equals("moov")) {
                index = atom;
            } else if (name.equals("mdat")) {
                large.putInt(atom.length + samples).put(atom, 4, atom.length - 4).put(new byte[samples]);
            } else {
                large.put(atom);
            }
        }
        large.put(index);
        assertThat(headerSeconds(large.array())).isCloseTo(0.8, within(0.05));
    }

    /** These state none. */
    @Test
    void headersOfRawStreamsAreUnknown() throws IOException {
        assertThat(headerSeconds(fixture("tones.aac"))).isZero();
        assertThat(headerSeconds(fixture("tones.amr"))).isZero();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
