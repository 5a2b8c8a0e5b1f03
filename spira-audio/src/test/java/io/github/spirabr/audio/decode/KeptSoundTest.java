package io.github.spirabr.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.audio.decode.WavBytes.Width;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.audio.Waveform;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs whose length is known by how they are made: each frame, sample and tag counts once. */
class KeptSoundTest {

    private static final FfmpegAudioReader READER = FfmpegAudioReader.builder().build();
    /** Bytes of a frame behind its first one, by type; 8 and 9 are comfort noise, 15 is no data. */
    private static final int[] NARROW = {12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0};
    private static final int[] WIDE = {17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0};

    private static double seconds(byte[] file) {
        Waveform waveform = READER.read("r", Sources.of(file));
        assertThat(waveform.source().map(SourceFormat::notes).orElseThrow()).isEmpty();
        return (double) waveform.length() / waveform.sampleRate();
    }

    /** An AMR file of frames, such as {@code 7x10 15x40}: ten of type 7, and 40 of type 15. */
    private static byte[] amr(boolean wide, String frames) {
        Random random = new Random(frames.hashCode());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes((wide ? "#!AMR-WB\n" : "#!AMR\n").getBytes(StandardCharsets.US_ASCII));
        for (String run : frames.split(" ")) {
            int type = Integer.parseInt(run.substring(0, run.indexOf('x')));
            byte[] frame = new byte[1 + (wide ? WIDE : NARROW)[type]];
            for (int i = Integer.parseInt(run.substring(run.indexOf('x') + 1)); i > 0; i--) {
                random.nextBytes(frame);
                frame[0] = (byte) (type << 3 | 4);
                file.writeBytes(frame);
            }
        }
        return file.toByteArray();
    }

    /** A frame is 20 ms, whatever it holds. */
    @ParameterizedTest
    @CsvSource({
        "false, 7x50", "false, 0x50", "false, 3x10 8x1 15x7 8x1 15x31", "false, 15x50", "false, 7x1 15x49",
        "false, 8x1 15x7 8x1 15x7 5x34", "false, 0x10 1x10 4x10 6x10 7x10",
        "true, 8x50", "true, 0x50", "true, 2x20 9x1 15x7 9x1 15x21", "true, 14x10 8x40", "true, 15x50", "true, 8x1 9x1 15x48",
        "true, 1x10 3x10 5x10 7x10 8x10"})
    void everyFrameOfAmrCounts(boolean wide, String frames) {
        assertThat(seconds(amr(wide, frames))).isCloseTo(1.0, within(1e-3));
    }

    /** Each row: rate, format, samples. */
    @ParameterizedTest
    @CsvSource({
        "8000, U8, 8001", "11025, S16, 11024", "22050, S24, 7", "44100, F32, 44101", "48000, F64, 47999", "96000, S32, 100000",
        "16000, S16, 1600001"})
    void headerAndDecoderAgreeOnTheLengthOfAWav(int rate, Width width, int samples) {
        double[] tone = new double[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = 0.3 * Math.sin(0.05 * i);
        }
        byte[] wav = new WavBytes(rate, width).of(tone);
        double wanted = (double) samples / rate;
        assertThat(seconds(wav)).isCloseTo(wanted, within(1.0 / 16_000));
        assertThat(FfmpegHeaders.read("r", Sources.of(wav)).duration().toNanos() / 1e9).isCloseTo(wanted, within(1e-6));
    }

    /** Each row: file, tags of 40 kB before it, and whether a tag of the old kind is behind it. */
    @ParameterizedTest
    @CsvSource({"tones.mp3, 1, true", "tones.mp3, 2, false", "tones.aac, 1, true", "tones.aac, 2, false", "tones.flac, 1, false",
        "tones.flac, 2, false"})
    void tagsAreNoSound(String fixture, int before, boolean behind) {
        ByteArrayOutputStream tagged = new ByteArrayOutputStream();
        for (int i = 0; i < before; i++) {
            tagged.writeBytes(Id3.picture(40_000));
        }
        tagged.writeBytes(Sources.fixture(fixture));
        if (behind) {
            byte[] old = new byte[128];
            System.arraycopy("TAGVoz".getBytes(StandardCharsets.US_ASCII), 0, old, 0, 6);
            tagged.writeBytes(old);
        }
        Waveform plain = READER.read("r", Sources.of(Sources.fixture(fixture)));
        assertThat(READER.read("r", Sources.of(tagged.toByteArray())).toArray()).isEqualTo(plain.toArray());
    }
}
