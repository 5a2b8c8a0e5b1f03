package io.github.spirabr.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.audio.decode.WavBytes.Width;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FfmpegAudioReaderTest {

    private static final FfmpegAudioReader READER = FfmpegAudioReader.builder().sampleRate(16_000).build();

    private static double[] tones(int rate, int length) {
        double[] samples = new double[length];
        for (int i = 0; i < length; i++) {
            samples[i] = Sources.tones((double) i / rate);
        }
        return samples;
    }

    private static Waveform read(byte[] bytes) {
        return READER.read("r1", Sources.of(bytes));
    }

    @ParameterizedTest
    @EnumSource(Width.class)
    void everyWidthOfWavGivesTheWrittenAmplitudes(Width width) {
        double[] wanted = tones(16_000, 5000);
        double step = width == Width.U8 ? 0x1p-8 : width == Width.S16 ? 0x1p-16 : 1e-7;
        for (byte[] file : List.of(
                new WavBytes(16_000, width).of(wanted),
                new WavBytes(16_000, width).extensible().of(wanted),
                new WavBytes(16_000, width).rf64().of(wanted),
                new WavBytes(16_000, width).unknownLength().of(wanted))) {
            Waveform waveform = read(file);
            assertThat(waveform.length()).isEqualTo(5000);
            for (int i = 0; i < 5000; i++) {
                assertThat((double) waveform.sample(i)).isCloseTo(wanted[i], within(step));
            }
        }
    }

    @Test
    void sixteenBitsPassBitByBit() {
        double[] wanted = new double[65_536];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = (i - 32_768) / 32_768.0;
        }
        Waveform waveform = read(new WavBytes(16_000, Width.S16).of(wanted));
        for (int i = 0; i < wanted.length; i++) {
            assertThat((double) waveform.sample(i)).isEqualTo(wanted[i]);
        }
    }

    @Test
    void channelsAreMixedByTheirMean() {
        double[] left = tones(16_000, 1000);
        double[] right = new double[1000];
        Arrays.fill(right, 0.25);
        double[] third = new double[1000];
        Waveform stereo = read(new WavBytes(16_000, Width.F32).of(left, right));
        Waveform three = read(new WavBytes(16_000, Width.F32).of(left, right, third));
        for (int i = 0; i < 1000; i++) {
            assertThat((double) stereo.sample(i)).isCloseTo((left[i] + 0.25) / 2, within(1e-7));
            assertThat((double) three.sample(i)).isCloseTo((left[i] + 0.25) / 3, within(1e-7));
        }
        assertThat(three.source().map(SourceFormat::channels)).contains(3);
    }

    @Test
    void aWaveformSaysWhatItCameFrom() {
        assertThat(read(new WavBytes(8000, Width.S16).of(tones(8000, 4000), tones(8000, 4000))).source())
                .contains(new SourceFormat("pcm_s16le", 8000, 2, Duration.ofMillis(500)));
    }

    /** Lossless to a step of their width; the others by the share of what is not the tones. */
    @ParameterizedTest
    @CsvSource({
        "tones.flac,       flac,      16000, -85",
        "tones-24.flac,    flac,      16000, -120",
        "tones-s24.wav,    pcm_s24le, 16000, -120",
        "tones-alaw.wav,   pcm_alaw,  16000, -34",
        "tones.mp3,        mp3,       16000, -25",
        "tones.m4a,        aac,       16000, -30",
        "tones.aac,        aac,       16000, -30",
        "tones-opus.ogg,   opus,      48000, -22",
        "tones-opus.webm,  opus,      48000, -22",
        "tones-vorbis.ogg, vorbis,    44100, -25",
        "tones.aiff,       pcm_s16be, 16000, -75",
        "tones.au,         pcm_s16be, 16000, -75",
        "tones.caf,        pcm_s16le, 16000, -75",
        "tones.w64,        pcm_s16le, 16000, -75",
        "tones-alac.m4a,   alac,      16000, -75",
        "tones-flac.ogg,   flac,      16000, -75",
        "tones-gsm.wav,    gsm_ms,     8000, -10",
        "tones.amr,        amr_nb,     8000, -7"
    })
    void everyCodecGivesTheTones(String file, String codec, int rate, double decibels) {
        Waveform waveform = read(Sources.fixture(file));
        SourceFormat source = waveform.source().orElseThrow();
        assertThat(source.codec()).isEqualTo(codec);
        assertThat(source.sampleRate()).isEqualTo(rate);
        assertThat(waveform.duration().toMillis()).isBetween(795L, 900L);
        double error = 0;
        double signal = 0;
        // What has no place for saying so begins with its encoder's delay.
        int delay = file.equals("tones.aac") ? 1024 : file.equals("tones.amr") ? 127 : 0;
        for (int i = 2000; i < 10_000; i++) {
            double wanted = Sources.tones(i / 16_000.0);
            signal += wanted * wanted;
            error += Math.pow(waveform.sample(i + delay) - wanted, 2);
        }
        assertThat(10 * Math.log10(error / signal)).isLessThan(decibels);
    }

    @Test
    void aPictureInTheTagIsPassedOver() {
        byte[] picture = new byte[200_000];
        new java.util.Random(5).nextBytes(picture);
        ByteBuffer tag = ByteBuffer.allocate(10 + 10 + 14 + picture.length);
        int size = 24 + picture.length;
        tag.put("ID3".getBytes(StandardCharsets.US_ASCII)).put((byte) 3).put((byte) 0).put((byte) 0);
        for (int shift = 21; shift >= 0; shift -= 7) {
            tag.put((byte) (size >> shift & 127));
        }
        tag.put("APIC".getBytes(StandardCharsets.US_ASCII)).putInt(14 + picture.length).putShort((short) 0);
        tag.put("\0image/png\0\3\0".getBytes(StandardCharsets.US_ASCII)).put(picture);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(tag.array());
        file.writeBytes(Sources.fixture("tones.mp3"));
        assertThat(read(file.toByteArray()).toArray()).isEqualTo(read(Sources.fixture("tones.mp3")).toArray());
    }

    @Test
    void otherRatesAreResampled() {
        Waveform waveform = read(new WavBytes(44_100, Width.F32).of(tones(44_100, 44_100)));
        assertThat(waveform.length()).isEqualTo(16_000);
        for (int i = 500; i < 15_500; i++) {
            assertThat((double) waveform.sample(i)).isCloseTo(Sources.tones(i / 16_000.0), within(2e-4));
        }
    }

    @Test
    void theShortestRecordingsHaveTheirSamples() {
        for (int length : new int[] {1, 2, 10, 100, 300}) {
            double[] constant = new double[length];
            Arrays.fill(constant, 0.25);
            Waveform waveform = read(new WavBytes(48_000, Width.F32).of(constant));
            assertThat(waveform.length()).isEqualTo((int) Math.max(1, Math.round(length / 3.0)));
            assertThat(waveform.sample(waveform.length() - 1)).isCloseTo(0.25f, within(1e-4f));
        }
    }

    @Test
    void manyThreadsGiveTheSameBits() throws Exception {
        byte[] file = Sources.fixture("tones-opus.ogg");
        float[] alone = read(file).toArray();
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            List<Callable<float[]>> tasks = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                tasks.add(() -> read(file).toArray());
            }
            for (var result : pool.invokeAll(tasks)) {
                assertThat(result.get()).isEqualTo(alone);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void itsDescriptionMakesAnEqualOne() {
        FfmpegAudioReader reader = FfmpegAudioReader.builder()
                .sampleRate(8000).maxDuration(Duration.ofMillis(1500)).maxChannels(2).maxBytes(1000).build();
        AudioReader again = Components.discover().create(AudioReader.class, "reader", reader.description());
        assertThat(again.description()).isEqualTo(reader.description());
        assertThat(again.sampleRate()).isEqualTo(8000);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> FfmpegAudioReader.builder().sampleRate(10)).hasMessageContaining("1000 to 384000 Hz");
        assertThatThrownBy(() -> FfmpegAudioReader.builder().maxDuration(Duration.ZERO))
                .hasMessageContaining("maxDuration");
        assertThatThrownBy(() -> FfmpegAudioReader.builder().maxBytes(0)).hasMessageContaining("maxBytes");
    }
}
