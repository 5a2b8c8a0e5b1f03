package io.github.spirabr.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.audio.decode.WavBytes.Width;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.SoundNote;
import io.github.spirabr.core.audio.SoundNote.Kind;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No sound is lost without a word: holes, pieces, lengths that headers state wrongly, tracks, channels. */
class WholeSoundTest {

    private static final int RATE = 16_000;
    private static final FfmpegAudioReader READER = FfmpegAudioReader.builder().build();
    private static final FfmpegAudioReader CLOSING = FfmpegAudioReader.builder().gaps(Gaps.CLOSE).build();
    private static final FfmpegAudioReader REFUSING = FfmpegAudioReader.builder().gaps(Gaps.REFUSE).build();
    /** The place of the data chunk's size in files of {@link WavBytes}. */
    private static final int DATA_SIZE = 40;

    private static Waveform read(String fixture) {
        return READER.read("r", Sources.of(Sources.fixture(fixture)));
    }

    private static List<SoundNote> notes(Waveform waveform) {
        return waveform.source().map(SourceFormat::notes).orElseThrow();
    }

    private static double seconds(Waveform waveform) {
        return (double) waveform.length() / waveform.sampleRate();
    }

    private static double[] tone(int length, double sign) {
        double[] samples = new double[length];
        for (int i = 0; i < length; i++) {
            samples[i] = sign * 0.25 * Math.sin(2 * Math.PI * 440 * i / RATE);
        }
        return samples;
    }

    private static byte[] withDataSize(byte[] wav, long size) {
        byte[] changed = wav.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(4, (int) (size + 36)).putInt(DATA_SIZE, (int) size);
        return changed;
    }

    /** Expected lengths are those of ffmpeg -af aresample=async=1. */
    @ParameterizedTest
    @CsvSource({"muted.webm, 3.0005, 1.0", "muted.ogg, 3.0135, 1.0", "muted.m4a, 3.008, 1.024"})
    void aMutedMicrophoneLeavesItsPause(String file, double length, double pause) {
        Waveform waveform = read(file);
        assertThat(seconds(waveform)).isCloseTo(length, within(1e-3));
        assertThat(notes(waveform)).extracting(SoundNote::kind).containsExactly(Kind.GAPS_FILLED);
        assertThat(notes(waveform).get(0).duration().toNanos() / 1e9).isCloseTo(pause, within(2e-3));
        double[] powers = {power(waveform, 0.3, 0.7), power(waveform, 1.2, 1.7), power(waveform, 2.3, 2.7)};
        assertThat(powers[0]).isCloseTo(0.02, within(2e-3));
        assertThat(powers[1]).isLessThan(1e-6);
        assertThat(powers[2]).isCloseTo(0.02, within(2e-3));

        Waveform closed = CLOSING.read("r", Sources.of(Sources.fixture(file)));
        assertThat(seconds(closed)).isCloseTo(length - pause, within(2e-3));
        assertThat(notes(closed)).extracting(SoundNote::kind).containsExactly(Kind.GAPS_CLOSED);

        AudioException refusal = catchThrowableOfType(
                AudioException.class, () -> REFUSING.read("r", Sources.of(Sources.fixture(file))));
        assertThat(refusal.reason()).isEqualTo(Reason.INCOMPLETE);
        assertThat(refusal).hasMessageContaining("missing").hasMessageContaining("set gaps to fill");
    }

    /** The last of 15 lost packets of 20 ms has no packet behind it. */
    @Test
    void lostPacketsKeepTheirPlaces() {
        Waveform waveform = read("lost.webm");
        assertThat(seconds(waveform)).isCloseTo(2.98, within(2e-3));
        assertThat(notes(waveform).get(0).text()).contains("14 holes");
        for (int hole = 0; hole < 14; hole++) {
            double at = 0.1735 + 0.2 * hole;
            assertThat(power(waveform, at + 0.005, at + 0.015)).as("hole %d", hole).isLessThan(1e-4);
            assertThat(power(waveform, at + 0.04, at + 0.18)).as("tone behind hole %d", hole).isBetween(0.01, 0.025);
        }
    }

    private static double power(Waveform waveform, double from, double to) {
        double sum = 0;
        for (int i = (int) (from * RATE); i < (int) (to * RATE); i++) {
            sum += waveform.sample(i) * waveform.sample(i);
        }
        return sum / ((to - from) * RATE);
    }

    @ParameterizedTest
    @CsvSource({"piece.webm, 0.9935", "piece.ogg, 0.9935", "piece.mkv, 1.008", "piece.flac, 0.984"})
    void aPieceOfALongerRecordingIsWhole(String file, double length) {
        Waveform waveform = read(file);
        assertThat(seconds(waveform)).isCloseTo(length, within(1e-3));
        assertThat(notes(waveform)).isEmpty();
        double header = FfmpegHeaders.read("r", Sources.of(Sources.fixture(file))).duration().toNanos() / 1e9;
        if (header > 0) {
            assertThat(header).isCloseTo(length, within(0.05));
        }
        // Without its end it is cut short.
        byte[] whole = Sources.fixture(file);
        if (!file.endsWith("ogg") && header > 0) {
            assertThat(catchThrowableOfType(AudioException.class,
                    () -> READER.read("r", Sources.of(Arrays.copyOf(whole, whole.length / 3)))).reason())
                    .isEqualTo(Reason.CORRUPT);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x7fffffffL, 0x7ffff000L, 0x80000000L, 0xffffffffL, 2_000_000_000L, 4_000_000_000L})
    void aPlaceholderIsNoLength(long size) {
        byte[] wav = withDataSize(new WavBytes(RATE, Width.S16).of(tone(8000, 1)), size);
        Waveform waveform = READER.read("r", Sources.of(wav));
        assertThat(waveform.length()).isEqualTo(8000);
        assertThat(notes(waveform)).isEmpty();
        assertThat(FfmpegHeaders.read("r", Sources.of(wav)).duration().toMillis()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RIFF", "RIFX"})
    void aDoubledLengthIsAMistakeOfItsWriter(String form) {
        byte[] riff = withDataSize(new WavBytes(RATE, Width.S16).of(tone(RATE * 2, 1)), 4L * RATE * 2);
        byte[] wav = form.equals("RIFX") ? WavBytes.bigEndian(riff) : riff;
        Waveform waveform = READER.read("r", Sources.of(wav));
        assertThat(waveform.length()).isEqualTo(RATE * 2);
        assertThat(notes(waveform)).extracting(SoundNote::kind).containsExactly(Kind.HEADER_DISAGREES);
        assertThat(FfmpegHeaders.read("r", Sources.of(wav)).duration().toMillis()).isEqualTo(2000);
    }

    @Test
    void samplesThatTheHeaderDoesNotDeclareAreTold() {
        byte[] wav = withDataSize(new WavBytes(RATE, Width.S16).of(tone(RATE * 2, 1)), RATE * 2);
        Waveform waveform = READER.read("r", Sources.of(wav));
        assertThat(waveform.length()).isEqualTo(RATE);
        assertThat(notes(waveform)).extracting(SoundNote::kind).containsExactly(Kind.DATA_LEFT_OUT);
        assertThat(notes(waveform).get(0).duration().toMillis()).isEqualTo(1000);
    }

    @Test
    void aLittleThatIsMissingIsTold() {
        byte[] wav = new WavBytes(RATE, Width.S16).of(tone(RATE * 4, 1));
        Waveform waveform = READER.read("r", Sources.of(Arrays.copyOf(wav, wav.length - RATE / 2)));
        assertThat(notes(waveform)).extracting(SoundNote::kind).containsExactly(Kind.CUT_SHORT);
    }

    @Test
    void otherTracksAreTold() {
        Waveform waveform = read("two-tracks.webm");
        assertThat(notes(waveform)).extracting(SoundNote::kind).containsExactly(Kind.TRACKS_LEFT_OUT);
        assertThat(notes(waveform).get(0).text()).contains("2 audio tracks");
    }

    @Test
    void aChainIsReadOnInOneCodecAndToldOfAnother() {
        byte[] opus = Sources.fixture("tones-opus.ogg");
        byte[] vorbis = Sources.fixture("tones-vorbis.ogg");
        byte[] speech = Sources.fixture("/io/github/spirabr/audio/fingerprint/utterance-12k.opus");
        Waveform twice = READER.read("r", Sources.of(joined(speech, speech)));
        assertThat(seconds(twice)).isCloseTo(10, within(0.01));
        assertThat(notes(twice)).extracting(SoundNote::kind).doesNotContain(Kind.TRACKS_LEFT_OUT);
        Waveform mixed = READER.read("r", Sources.of(joined(opus, vorbis)));
        assertThat(seconds(mixed)).isCloseTo(0.8, within(1e-3));
        assertThat(notes(mixed)).filteredOn(note -> note.kind() == Kind.TRACKS_LEFT_OUT)
                .singleElement().extracting(SoundNote::text).asString().contains("vorbis");
    }

    /** Links of one serial number and a page each: FFmpeg passes over the second one. */
    @Test
    void aLinkThatFfmpegPassesOverIsTold() {
        byte[] opus = joined(Sources.fixture("tones-opus.ogg"), Sources.fixture("tones-opus.ogg"));
        assertThat(notes(READER.read("r", Sources.of(opus)))).extracting(SoundNote::kind).contains(Kind.TRACKS_LEFT_OUT);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(first);
        file.writeBytes(second);
        return file.toByteArray();
    }

    @Test
    void channelsOfOppositePhaseAreTheCauseOfSilence() {
        byte[] wav = new WavBytes(RATE, Width.S16).of(tone(RATE, 1), tone(RATE, -1));
        Waveform mean = READER.read("r", Sources.of(wav));
        assertThat(notes(mean)).extracting(SoundNote::kind).containsExactly(Kind.CHANNELS_CANCEL);
        for (int channel = 1; channel <= 2; channel++) {
            Waveform one = FfmpegAudioReader.builder().channel(channel).build().read("r", Sources.of(wav));
            assertThat(notes(one)).isEmpty();
            assertThat((double) one.sample(9)).isCloseTo((channel == 1 ? 1 : -1) * tone(10, 1)[9], within(1e-4));
        }
        AudioException refusal = catchThrowableOfType(AudioException.class,
                () -> FfmpegAudioReader.builder().channel(3).build().read("r", Sources.of(wav)));
        assertThat(refusal.reason()).isEqualTo(Reason.NO_AUDIO_STREAM);
        assertThat(refusal).hasMessageContaining("channel must be at most 2, the number of its channels, but was 3");
    }

    @Test
    void usualStereoDoesNotCancel() {
        Random random = new Random(3);
        double[][] channels = new double[6][RATE];
        for (double[] channel : channels) {
            Arrays.setAll(channel, i -> 0.1 * random.nextGaussian());
        }
        assertThat(notes(READER.read("r", Sources.of(new WavBytes(RATE, Width.S16).of(channels))))).isEmpty();
        assertThat(notes(READER.read("r", Sources.of(new WavBytes(RATE, Width.S16).of(tone(RATE, 1), new double[RATE])))))
                .isEmpty();
        assertThat(notes(READER.read("r", Sources.of(new WavBytes(RATE, Width.S16).of(new double[RATE], new double[RATE])))))
                .isEmpty();
    }

    /** WAVE_FORMAT_EXTENSIBLE with 24 valid bits in containers of 32. */
    @Test
    void twentyFourBitsInThirtyTwo() {
        double[] wanted = tone(RATE, 1);
        byte[] wav = new WavBytes(RATE, Width.S32).extensible().of(wanted);
        wav[38] = 24;
        Waveform waveform = READER.read("r", Sources.of(wav));
        assertThat(waveform.length()).isEqualTo(RATE);
        for (int i = 0; i < RATE; i++) {
            assertThat((double) waveform.sample(i)).isCloseTo(wanted[i], within(1e-6));
        }
    }

    /** An ID3 tag with a picture of 2 or 6 MB: more than FFmpeg looks through, and more than is read of headers. */
    @ParameterizedTest
    @CsvSource({"tones.flac, 2", "tones.aac, 2", "tones.mp3, 2", "tones.flac, 6", "tones.aac, 6", "tones.mp3, 6"})
    void aLargeTagIsPassedOver(String file, int megabytes) {
        byte[] tagged = joined(Id3.picture(megabytes << 20), Sources.fixture(file));
        assertThat(READER.read("r", Sources.of(tagged)).toArray()).isEqualTo(read(file).toArray());
        assertThat(FfmpegHeaders.read("r", Sources.of(tagged)))
                .isEqualTo(FfmpegHeaders.read("r", Sources.of(Sources.fixture(file))));
    }

    @Test
    void theDescriptionOfTheDefaultsStaysAsItWas() {
        assertThat(READER.description().settings().keySet())
                .containsExactly("sampleRate", "maxBytes", "maxDuration", "maxChannels", "maxSampleRate", "maxTime");
        assertThat(FfmpegAudioReader.builder().gaps(Gaps.CLOSE).channel(2).maxSamples(1000).build().description().settings())
                .containsEntry("gaps", "close").containsEntry("channel", 2).containsEntry("maxSamples", 1000);
    }

    /** As documented: the description of a stored model that names no gaps fills them. */
    @Test
    void aStoredDescriptionWithoutGapsFillsThem() {
        ComponentDescription stored = FfmpegAudioReader.builder().build().description();
        AudioReader opened = Components.discover().create(AudioReader.class, "reader", stored);
        assertThat(opened.description()).isEqualTo(stored);
        assertThat(seconds(opened.read("r", Sources.of(Sources.fixture("muted.webm"))))).isCloseTo(3.0005, within(1e-3));
        AudioReader closing = Components.discover().create(AudioReader.class, "reader", CLOSING.description());
        assertThat(closing.description()).isEqualTo(CLOSING.description());
        assertThat(seconds(closing.read("r", Sources.of(Sources.fixture("muted.webm"))))).isCloseTo(2.0, within(2e-3));
    }
}
