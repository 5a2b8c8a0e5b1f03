package io.github.spirabr.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.spirabr.audio.decode.WavBytes.Width;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A part of a file has the samples of the same slice of the whole file. */
class PartsOfFilesTest {

    private static final double RESAMPLED = 1e-4;

    private static FfmpegAudioReader reader(int rate) {
        return FfmpegAudioReader.builder().sampleRate(rate).build();
    }

    private static Waveform read(FfmpegAudioReader reader, byte[] file, AudioPart part) {
        return reader.read("r", AudioSource.partOf(Sources.of(file), part));
    }

    private static AudioPart part(double offset, double duration) {
        return AudioPart.of(nanos(offset), nanos(duration));
    }

    private static Duration nanos(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static double[] noise(int length, long seed) {
        Random random = new Random(seed);
        return random.doubles(length, -0.5, 0.5).toArray();
    }

    private static void assertSlice(Waveform whole, Waveform read, AudioPart part, double tolerance) {
        float[] samples = whole.toArray();
        int from = (int) part.firstSample(whole.sampleRate());
        int until = (int) Math.min(samples.length, part.endSample(whole.sampleRate()));
        float[] slice = Arrays.copyOfRange(samples, from, until);
        if (tolerance == 0) {
            assertThat(read.toArray()).as("part %s", part).isEqualTo(slice);
            return;
        }
        assertThat(read.length()).as("samples of part %s", part).isEqualTo(slice.length);
        double worst = 0;
        for (int i = 0; i < slice.length; i++) {
            worst = Math.max(worst, Math.abs(slice[i] - read.sample(i)));
        }
        assertThat(worst).as("largest difference in part %s", part).isLessThanOrEqualTo(tolerance);
    }

    /** Compares random parts, the first and the last of them at the ends of the file. */
    private static void assertSlices(FfmpegAudioReader reader, byte[] file, double tolerance, int parts, long seed) {
        Waveform whole = reader.read("r", Sources.of(file));
        double seconds = (double) whole.length() / whole.sampleRate();
        Random random = new Random(seed);
        for (int i = 0; i < parts; i++) {
            double offset = i == 0 ? 0 : random.nextDouble() * (seconds - 2e-3);
            double duration = Math.max(1e-3, random.nextDouble() * (seconds - offset));
            AudioPart part = i == parts - 1 ? AudioPart.from(nanos(offset)) : part(offset, duration);
            assertSlice(whole, read(reader, file, part), part, tolerance);
        }
    }

    private static int rateOf(byte[] file) {
        return reader(16_000).read("r", Sources.of(file)).source().map(SourceFormat::sampleRate).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "tones.flac", "tones-24.flac", "tones-alac.m4a", "tones-flac.ogg", "tones.mp3", "tones.m4a", "tones.aac", "tones.amr",
        "tones-opus.ogg", "tones-opus.webm", "tones-vorbis.ogg", "tones-gsm.wav", "tones-alaw.wav", "tones-s24.wav", "tones.aiff",
        "tones.au", "tones.caf", "tones.w64", "g722.wav", "g726.wav", "muted.m4a", "muted.ogg", "muted.webm", "lost.webm",
        "piece.flac", "piece.mkv", "piece.ogg", "piece.webm", "two-tracks.webm"})
    void everyCodecGivesTheSliceOfTheWholeFile(String fixture) {
        byte[] file = Sources.fixture(fixture);
        assertSlices(reader(rateOf(file)), file, 0, 12, fixture.hashCode());
        assertSlices(reader(22_050), file, RESAMPLED, 6, fixture.hashCode() + 1);
        FfmpegAudioReader closing = FfmpegAudioReader.builder().sampleRate(rateOf(file)).gaps(Gaps.CLOSE).build();
        assertSlices(closing, file, 0, 4, fixture.hashCode() + 2);
    }

    /** Each row: rate of the file, its width, rate of the result. */
    @ParameterizedTest
    @CsvSource({
        "8000, U8, 8000", "11025, S16, 11025", "16000, S16, 16000", "22050, S24, 22050", "44100, S32, 44100", "48000, F32, 48000",
        "96000, F64, 96000", "44100, S16, 16000", "48000, S24, 16000", "22050, S16, 16000", "8000, S16, 16000",
        "11025, F32, 16000", "96000, S16, 8000", "16000, S16, 44100", "44100, F32, 22050", "16000, S16, 15999"})
    void wavOfAnyRateGivesTheSliceOfTheWholeFile(int rate, Width width, int result) {
        double[] noise = noise(3 * rate + 1, rate);
        assertSlices(reader(result), new WavBytes(rate, width).of(noise), rate == result ? 0 : RESAMPLED, 25, result);
        byte[] stereo = new WavBytes(rate, width).of(noise, noise(noise.length, 7));
        assertSlices(reader(result), stereo, rate == result ? 0 : RESAMPLED, 5, result + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {16_000, 44_100})
    void neighboursTogetherAreTheWholeFile(int rate) {
        byte[] wav = new WavBytes(44_100, Width.S16).of(noise(2 * 44_100, 3));
        Waveform whole = reader(rate).read("r", Sources.of(wav));
        int place = 0;
        for (int i = 0; i < 7; i++) {
            AudioPart part = i < 6 ? part(0.3 * i, 0.3) : AudioPart.from(nanos(1.8));
            Waveform read = read(reader(rate), wav, part);
            assertThat((long) place).isEqualTo(part.firstSample(rate));
            place += read.length();
        }
        assertThat(place).isEqualTo(whole.length());
    }

    @Test
    void theWordsOfAHeaderDoNotLeadAstray() {
        byte[] wav = new WavBytes(16_000, Width.S16).of(noise(48_000, 5));
        ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putInt(28, 32_000 * 3);
        assertSlices(reader(16_000), wav, 0, 10, 5);
        byte[] wide = new WavBytes(16_000, Width.S16).of(noise(48_000, 7));
        ByteBuffer.wrap(wide).order(ByteOrder.LITTLE_ENDIAN).putShort(32, (short) 6);
        assertSlices(reader(16_000), wide, 0, 10, 7);
        byte[] shorter = new WavBytes(16_000, Width.S16).of(noise(48_000, 8));
        ByteBuffer.wrap(shorter).order(ByteOrder.LITTLE_ENDIAN).putInt(40, 20_000);
        assertSlices(reader(16_000), shorter, 0, 10, 8);
        byte[] longer = Arrays.copyOf(new WavBytes(16_000, Width.S16).of(noise(48_000, 9)), 95_000);
        assertSlices(reader(16_000), longer, 0, 10, 9);
        byte[] quick = new WavBytes(16_000, Width.S16).unknownLength().of(noise(48_000, 6));
        ByteBuffer.wrap(quick).order(ByteOrder.LITTLE_ENDIAN).putInt(28, 7000);
        assertSlices(reader(16_000), quick, 0, 10, 6);
    }

    @Test
    void oddWavFilesGiveTheSliceOfTheWholeFile() {
        double[] noise = noise(48_000, 4);
        WavBytes s16 = new WavBytes(16_000, Width.S16);
        for (byte[] wav : new byte[][] {new WavBytes(16_000, Width.S24).extensible().of(noise), s16.unknownLength().of(noise),
            new WavBytes(16_000, Width.S16).rf64().of(noise), WavBytes.bigEndian(new WavBytes(16_000, Width.S16).of(noise)),
            withTag(new WavBytes(16_000, Width.S16).of(noise))}) {
            assertSlices(reader(16_000), wav, 0, 10, wav.length);
            assertSlices(reader(8_000), wav, RESAMPLED, 10, wav.length);
        }
    }

    private static byte[] withTag(byte[] wav) {
        ByteArrayOutputStream tagged = new ByteArrayOutputStream();
        tagged.writeBytes(Id3.picture(4_000));
        tagged.writeBytes(wav);
        return tagged.toByteArray();
    }

    @Test
    void onlyTheBytesOfThePartAreReadOfALongWav() {
        byte[] wav = new WavBytes(16_000, Width.S16).of(noise(16_000 * 60, 1));
        AtomicLong read = new AtomicLong();
        AudioSource counted = AudioSource.of("long.wav", () -> new ByteArrayInputStream(wav) {
            @Override
            public int read(byte[] target, int offset, int length) {
                int count = super.read(target, offset, length);
                read.addAndGet(Math.max(0, count));
                return count;
            }
        });
        AudioPart part = part(40, 5);
        Waveform slice = reader(16_000).read("r", AudioSource.partOf(counted, part));
        assertThat(read.get()).isLessThan(300_000);
        assertSlice(reader(16_000).read("r", Sources.of(wav)), slice, part, 0);
    }

    @Test
    void timeThatStartsAnewDoesNotLeadAstray() {
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.writeBytes(Sources.fixture("tones.flac"));
        twice.writeBytes(Sources.fixture("tones.flac"));
        assertSlices(reader(16_000), twice.toByteArray(), rateOf(twice.toByteArray()) == 16_000 ? 0 : RESAMPLED, 12, 9);
    }

    /** Wherever the file is broken: in the first packet, from which its time counts, before the part, in it, or behind it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void brokenPacketsGiveTheSliceOfTheWholeFile(int twelfth) {
        byte[] broken = Sources.fixture("tones.flac");
        int place = broken.length * twelfth / 12;
        for (int i = place; i < place + 40; i++) {
            broken[i] ^= 0x55;
        }
        assertSlices(reader(16_000), broken, 0, 10, twelfth);
    }

    @Test
    void aPartEndsWithItsFile() {
        byte[] wav = new WavBytes(16_000, Width.S16).of(noise(32_000, 1));
        for (int rate : new int[] {16_000, 8_000}) {
            FfmpegAudioReader reader = reader(rate);
            Waveform whole = reader.read("r", Sources.of(wav));
            assertSlice(whole, read(reader, wav, part(1.5, 0.5)), part(1.5, 0.5), RESAMPLED);
            // Lengths in tables are rounded.
            assertSlice(whole, read(reader, wav, part(1.5, 0.59)), part(1.5, 0.59), RESAMPLED);
            AudioException later = catchThrowableOfType(AudioException.class, () -> read(reader, wav, part(1.5, 0.75)));
            assertThat(later.reason()).isEqualTo(Reason.CORRUPT);
            assertThat(later).hasMessage("recording r: its part 1.5+0.75 ends beyond the end of the file, which has 2.000 s;"
                    + " correct its duration, leave it out for a part up to the end, or restore the file");
            for (AudioPart behind : new AudioPart[] {part(2, 0.5), part(3, 0.05), AudioPart.from(nanos(60))}) {
                AudioException beyond = catchThrowableOfType(AudioException.class, () -> read(reader, wav, behind));
                assertThat(beyond.reason()).isEqualTo(Reason.CORRUPT);
                assertThat(beyond).hasMessage("recording r: its part " + behind + " begins beyond the end of the file, which has"
                        + " 2.000 s; correct its offset, or restore the file");
            }
        }
        AudioException nothing = catchThrowableOfType(
                AudioException.class, () -> read(reader(16_000), wav, part(1, 1e-6)));
        assertThat(nothing.reason()).isEqualTo(Reason.TOO_SHORT);
        assertThat(nothing).hasMessage("recording r: its part 1+0.000001 has no sample at 16000 Hz; correct its duration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tones.mp3", "tones.flac", "tones.m4a", "tones-opus.ogg", "tones.amr"})
    void aPartBehindTheEndIsRefusedInEveryCodec(String fixture) {
        AudioException beyond = catchThrowableOfType(AudioException.class,
                () -> read(reader(16_000), Sources.fixture(fixture), part(100, 5)));
        assertThat(beyond.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(beyond).hasMessageContaining("its part 100+5 begins beyond the end of the file, which has ");
    }

    @Test
    void theChannelOfAPartTakesThePlaceOfTheReaders() {
        double[] left = noise(32_000, 1);
        double[] right = noise(32_000, 2);
        byte[] stereo = new WavBytes(16_000, Width.S16).of(left, right);
        byte[] second = new WavBytes(16_000, Width.S16).of(right);
        AudioPart part = part(0.7, 0.6);
        Waveform wanted = read(reader(16_000), second, part);
        FfmpegAudioReader first = FfmpegAudioReader.builder().channel(1).build();
        assertThat(read(first, stereo, part.ofChannel(2)).toArray()).isEqualTo(wanted.toArray());
        assertThat(read(reader(16_000), stereo, AudioPart.WHOLE.ofChannel(2)).toArray())
                .isEqualTo(reader(16_000).read("r", Sources.of(second)).toArray());
        assertThat(read(first, stereo, part).toArray())
                .isEqualTo(read(reader(16_000), stereo, part.ofChannel(1)).toArray());
        AudioException third = catchThrowableOfType(AudioException.class, () -> read(first, stereo, part.ofChannel(3)));
        assertThat(third.reason()).isEqualTo(Reason.NO_AUDIO_STREAM);
        assertThat(third).hasMessageContaining("channel must be at most 2, the number of its channels, but was 3");
    }

    @Test
    void limitsOfLengthApplyToThePart() {
        byte[] wav = new WavBytes(16_000, Width.S16).of(noise(64_000, 1));
        FfmpegAudioReader aSecond = FfmpegAudioReader.builder().maxDuration(Duration.ofSeconds(1)).build();
        assertThat(read(aSecond, wav, part(2, 1)).length()).isEqualTo(16_000);
        assertThat(catchThrowableOfType(AudioException.class, () -> read(aSecond, wav, part(2, 1.5))))
                .hasMessageContaining("longer than 1.0 s").extracting(AudioException::reason).isEqualTo(Reason.TOO_LARGE);
        FfmpegAudioReader few = FfmpegAudioReader.builder().maxSamples(8000).build();
        assertThat(read(few, wav, part(3, 0.5)).length()).isEqualTo(8000);
        assertThat(catchThrowableOfType(AudioException.class, () -> read(few, wav, part(1, 0.6))).reason())
                .isEqualTo(Reason.TOO_LARGE);
        FfmpegAudioReader small = FfmpegAudioReader.builder().maxBytes(64_000).build();
        assertThat(catchThrowableOfType(AudioException.class, () -> read(small, wav, part(1, 0.1))).reason())
                .as("bytes are those of the file").isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void whatLiesOutsideThePartIsNotItsFault() {
        double[] samples = noise(32_000, 1);
        samples[8_000] = Double.NaN;
        samples[24_000] = Double.POSITIVE_INFINITY;
        byte[] wav = new WavBytes(16_000, Width.F32).of(samples);
        for (int rate : new int[] {16_000, 8_000}) {
            assertThat(read(reader(rate), wav, part(0.6, 0.8)).length()).isEqualTo(rate * 4 / 5);
            for (AudioPart faulty : new AudioPart[] {part(0.4, 0.2), part(1.4, 0.2)}) {
                assertThat(catchThrowableOfType(AudioException.class, () -> read(reader(rate), wav, faulty)).reason())
                        .isEqualTo(Reason.NOT_FINITE);
            }
        }
    }

    @Test
    void holesOutsideThePartAreNotNoted() {
        byte[] muted = Sources.fixture("muted.webm");
        assertThat(read(reader(16_000), muted, part(0.2, 0.5)).source().orElseThrow().notes()).isEmpty();
        assertThat(read(reader(16_000), muted, part(2.2, 0.5)).source().orElseThrow().notes()).isEmpty();
        Waveform half = read(reader(16_000), muted, part(0.5, 1));
        assertThat(half.source().orElseThrow().notes()).hasSize(1);
        assertThat(half.source().orElseThrow().notes().get(0).duration().toMillis()).isBetween(480L, 520L);
    }

    @Test
    void theFormatAndTheHeaderStateTheLengthOfThePart() {
        byte[] wav = new WavBytes(44_100, Width.S16).of(noise(3 * 44_100, 1));
        SourceFormat format = read(reader(16_000), wav, part(1.25, 0.5)).source().orElseThrow();
        assertThat(format.sampleRate()).isEqualTo(44_100);
        assertThat(format.duration().toMillis()).isEqualTo(500);
        assertThat(header(wav, part(1.25, 0.5))).isEqualTo(Duration.ofMillis(500));
        assertThat(header(wav, part(2.5, 5))).isEqualTo(Duration.ofMillis(500));
        assertThat(header(wav, AudioPart.from(nanos(1.25)))).isEqualTo(Duration.ofMillis(1750));
        assertThat(header(wav, AudioPart.WHOLE)).isEqualTo(Duration.ofSeconds(3));
        assertThat(header(wav, part(3.5, 1))).isZero();
        assertThat(header(Sources.fixture("tones.aac"), part(0.25, 0.5))).isEqualTo(Duration.ofMillis(500));
        assertThat(header(Sources.fixture("tones.aac"), AudioPart.from(nanos(0.25)))).isZero();
    }

    private static Duration header(byte[] file, AudioPart part) {
        return FfmpegHeaders.read("r", AudioSource.partOf(Sources.of(file), part)).duration();
    }
}
