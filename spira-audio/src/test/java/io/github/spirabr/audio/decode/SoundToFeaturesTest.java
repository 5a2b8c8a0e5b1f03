package io.github.spirabr.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.audio.augment.Noises;
import io.github.spirabr.audio.augment.SnrNoise;
import io.github.spirabr.audio.decode.WavBytes.Width;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.features.Spectrogram;
import io.github.spirabr.audio.quality.AudioInspector;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.ShortRecordingException;
import io.github.spirabr.core.preprocessing.ShortRecordings;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From bytes to features: one tone in many formats and widths, short recordings, odd lengths and long ones. */
class SoundToFeaturesTest {

    private static final int RATE = 16_000;
    private static final FfmpegAudioReader READER = FfmpegAudioReader.builder().sampleRate(RATE).build();
    private static final SlidingWindow SECONDS = SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500));

    private static Waveform read(byte[] file) {
        return READER.read("r", Sources.of(file));
    }

    private static double headerSeconds(byte[] file) {
        return FfmpegHeaders.read("r", Sources.of(file)).duration().toNanos() / 1e9;
    }

    private static double decodedSeconds(byte[] file) {
        return (double) read(file).length() / RATE;
    }

    private static double[] tone(int rate, int length) {
        double[] samples = new double[length];
        Arrays.setAll(samples, i -> 0.2 * Math.sin(2 * Math.PI * 440 * i / rate));
        return samples;
    }

    /** 5 s at 48 kHz: MP3 and AAC pad what they encode, Opus has a beginning of its own. */
    @Test
    void aToneHasAsManyWindowsInEachFormat() {
        List<byte[]> files = new ArrayList<>(List.of(new WavBytes(48_000, Width.S16).of(tone(48_000, 240_000))));
        for (String name : List.of("tone-48k.mp3", "tone-48k.ogg", "tone-48k.m4a", "tone-48k.flac")) {
            files.add(Sources.fixture(name));
        }
        SlidingWindow fourSeconds = SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1));
        for (byte[] file : files) {
            Waveform waveform = read(file);
            assertThat(fourSeconds.windows(waveform.length(), RATE)).hasSize(2);
            assertThat(SECONDS.windows(waveform.length(), RATE)).hasSize(9);
            assertThat(headerSeconds(file)).isCloseTo(decodedSeconds(file), within(0.05));
        }
    }

    /** The second file states no length, which its bit rate would have to tell. */
    @ParameterizedTest
    @CsvSource({"tone-48k-stereo.mp3, 5", "tone-48k-stereo-no-length.mp3, 0"})
    void stereoMp3LastsAsLongAsEachOfItsChannels(String file, double header) {
        byte[] stereo = Sources.fixture(file);
        assertThat(decodedSeconds(stereo)).isCloseTo(5, within(0.05));
        assertThat(headerSeconds(stereo)).isCloseTo(header, within(0.05));
        assertThat(read(stereo).source().orElseThrow().channels()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tones.3gp", "tones-fragments.3gp"})
    void headersOf3gpAreUnknownOrRight(String file) {
        double header = headerSeconds(Sources.fixture(file));
        assertThat(decodedSeconds(Sources.fixture(file))).isCloseTo(0.8, within(0.05));
        if (header != 0) {
            assertThat(header).isCloseTo(0.8, within(0.05));
        }
    }

    /**
     * An error of at most e in each sample changes the magnitude of a bin by at most e times the sum of the window, which is 200
     * for a Hann window of 400 samples.
     */
    @Test
    void eachWidthGivesTheFeaturesWithinItsQuantisation() {
        double[] tones = new double[RATE * 4 / 5];
        Arrays.setAll(tones, i -> Sources.tones((double) i / RATE));
        Spectrogram spectrogram = Spectrogram.builder().fftSize(512).windowLength(400).hopLength(160).build();
        FeatureMatrix exact = spectrogram.extract(read(new WavBytes(RATE, Width.F64).of(tones)));
        for (Width width : Width.values()) {
            double half = switch (width) {
                case U8 -> 0x1p-8;
                case S16 -> 0x1p-16;
                case S24 -> 0x1p-24;
                case S32, F32, F64 -> 0x1p-25;
            };
            assertAgrees(width.toString(), exact, spectrogram.extract(read(new WavBytes(RATE, width).of(tones))), half);
        }
        // A-law has 16 steps from each power of two to the next: half of one is 2^-7 at the peak of 0.35.
        assertAgrees("A-law", exact, spectrogram.extract(read(Sources.fixture("tones-alaw.wav"))), 0x1p-7);
        assertAgrees("FLAC", exact, spectrogram.extract(read(Sources.fixture("tones-24.flac"))), 0x1p-24);
    }

    private static void assertAgrees(String kind, FeatureMatrix exact, FeatureMatrix other, double half) {
        assertThat(other.frames()).as(kind).isEqualTo(exact.frames());
        double farthest = 0;
        for (int t = 0; t < exact.frames(); t++) {
            for (int k = 0; k < exact.features(); k++) {
                double change = Math.sqrt(other.value(t, k)) - Math.sqrt(exact.value(t, k));
                farthest = Math.max(farthest, Math.abs(change));
            }
        }
        // The second part is the rounding of samples and powers to 24 bits.
        assertThat(farthest).as(kind).isLessThan(200 * half + 1e-4);
    }

    /** Three samples become one; the last window of the longer ones begins within one sample of a step. */
    @ParameterizedTest
    @CsvSource({"144000, 48000, 5", "144001, 48000, 5", "144002, 48001, 5", "143999, 48000, 5", "143998, 47999, 4"})
    void lengthsThatThreeDoesNotDivideKeepTheirLastWindow(int length, int resampled, int windows) {
        Preprocessing preprocessing = Preprocessing.builder().window(SECONDS).extract(Mfcc.builder().build()).build();
        Waveform waveform = read(new WavBytes(48_000, Width.S16).of(tone(48_000, length)));
        assertThat(waveform.length()).isEqualTo(resampled);
        List<FeatureMatrix> features = preprocessing.features(waveform);
        assertThat(features).hasSize(windows);
        features.forEach(SoundToFeaturesTest::assertFinite);
    }

    private static void assertFinite(FeatureMatrix features) {
        for (float value : features.toArray()) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void aFewSamplesHaveFeaturesOrATypedReason() {
        byte[] empty = new WavBytes(RATE, Width.S16).of(new double[0]);
        AudioException none = catchThrowableOfType(AudioException.class, () -> read(empty));
        assertThat(none.reason()).isEqualTo(Reason.CORRUPT);
        Mfcc mfcc = Mfcc.builder().build();
        Preprocessing padding = Preprocessing.builder().window(SECONDS).extract(mfcc).build();
        Preprocessing dropping =
                Preprocessing.builder().window(SECONDS.shortRecordings(ShortRecordings.DROP)).extract(mfcc).build();
        for (int length : new int[] {1, 159, 400, 401}) {
            Waveform waveform = read(new WavBytes(RATE, Width.S16).of(tone(RATE, length)));
            assertThat(waveform.length()).isEqualTo(length);
            assertThat(padding.features(waveform)).hasSize(1).allSatisfy(SoundToFeaturesTest::assertFinite);
            assertThat(catchThrowableOfType(ShortRecordingException.class, () -> dropping.features(waveform)).leftOut()).isTrue();
            assertThat(AudioInspector.measures(waveform)).allSatisfy((name, value) -> assertThat(value).as(name).isFinite());
        }
    }

    private static Noises noises() {
        double[] left = tone(44_100, 2 * 44_100);
        return Noises.load("ward", READER, List.of(
                AudioSource.ofBytes("stereo.wav", new WavBytes(44_100, Width.S16).of(left, new double[left.length])),
                AudioSource.ofBytes("telephone.wav", new WavBytes(8000, Width.S16).of(tone(8000, 16_000)))));
    }

    @Test
    void noisesAreResampledAndMixedLikeRecordings() {
        double[] peaks = {0.1, 0.2};
        for (int i = 0; i < 2; i++) {
            Waveform noise = noises().noises().get(i).waveform();
            assertThat(noise.sampleRate()).isEqualTo(RATE);
            assertThat(noise.length()).isEqualTo(2 * RATE);
            for (int at = 1000; at < 31_000; at += 997) {
                double wanted = peaks[i] * Math.sin(2 * Math.PI * 440 * at / RATE);
                assertThat((double) noise.sample(at)).isCloseTo(wanted, within(1e-3));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-4})
    void aSilentRecordingStaysFiniteThroughNoiseAndIsMeasuredAsSilent(double floor) {
        Waveform silence = Waveform.of(new float[2 * RATE], RATE);
        Recording recording = new Recording("r", "s", Label.CONTROL, Map.of(), AudioSource.ofBytes("r", new byte[0]));
        SnrNoise noise = SnrNoise.builder().category("ward", noises(), 0, 15, 1, 2).none(0).powerFloor(floor).build();
        Waveform heard = noise.augment(silence, recording, new RandomStreams(3).stream("noise"));
        assertFinite(Mfcc.builder().build().extract(heard));
        assertThat(AudioInspector.measures(silence)).containsEntry("silent", 1.0)
                .allSatisfy((name, value) -> assertThat(value).as(name).isFinite());
    }

    @Test
    void aRecordingOfHoursIsRefusedByTheNameOfItsLimit() {
        int bytes = 3 * 3600 * 8000;
        byte[] header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN).put(ascii("RIFF")).putInt(36 + bytes)
                .put(ascii("WAVEfmt ")).putInt(16).putShort((short) 1).putShort((short) 1).putInt(8000).putInt(8000)
                .putShort((short) 1).putShort((short) 8).put(ascii("data")).putInt(bytes).array();
        AudioSource hours = AudioSource.of("hours.wav", () -> new SequenceInputStream(
                new ByteArrayInputStream(header), new Silence(bytes)));
        AudioException refusal = catchThrowableOfType(AudioException.class, () -> READER.read("visit 7", hours));
        assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal).hasMessageContaining("visit 7").hasMessageContaining("maxDuration");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Bytes of silence, which are made when they are read. */
    private static final class Silence extends InputStream {

        private int left;

        Silence(int length) {
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 128 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = Math.min(length, left);
            Arrays.fill(target, offset, offset + count, (byte) 128);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}
