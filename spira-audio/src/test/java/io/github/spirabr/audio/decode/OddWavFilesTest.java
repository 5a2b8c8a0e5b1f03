package io.github.spirabr.audio.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.SoundNote;
import io.github.spirabr.core.audio.SoundNote.Kind;
import io.github.spirabr.core.audio.Waveform;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WAV and AU files as recorders, editors and pipes leave them: each sample is kept, or it is noted which are not. */
class OddWavFilesTest {

    private static final int RATE = 8_000;
    private static final int SECOND = 2 * RATE;
    private static final FfmpegAudioReader READER = FfmpegAudioReader.builder().sampleRate(RATE).build();

    /** A ramp, so that each place in it has a value of its own. */
    private static byte[] samples(int from, int to) {
        ByteBuffer samples = ByteBuffer.allocate(2 * (to - from)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = from; i < to; i++) {
            samples.putShort((short) (i - 20_000));
        }
        return samples.array();
    }

    private static byte[] format(int tag, int channels, int bits, int more) {
        int frame = channels * bits / 8;
        return ByteBuffer.allocate(16 + more).order(ByteOrder.LITTLE_ENDIAN).putShort((short) tag).putShort((short) channels)
                .putInt(RATE).putInt(RATE * frame).putShort((short) frame).putShort((short) bits).array();
    }

    private static byte[] chunk(String name, byte[] content) {
        return chunk(name, content.length, content);
    }

    private static byte[] chunk(String name, long size, byte[] content) {
        return ByteBuffer.allocate(8 + content.length + content.length % 2).order(ByteOrder.LITTLE_ENDIAN)
                .put(name.getBytes(ISO_8859_1)).putInt((int) size).put(content).array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] wav(byte[]... chunks) {
        byte[] all = joined(chunks);
        return joined(chunk("RIFF", 4 + all.length, "WAVE".getBytes(ISO_8859_1)), all);
    }

    private static byte[] wide(String form, byte[] further) {
        byte[] ds64 = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN).putLong(4 * SECOND).putLong(3 * SECOND)
                .putLong(3 * RATE).array();
        return joined(chunk(form, -1, "WAVE".getBytes(ISO_8859_1)), chunk("ds64", ds64), chunk("fmt ", PCM), further,
                chunk("data", -1, ALL));
    }

    private static final byte[] PCM = format(1, 1, 16, 0);
    private static final byte[] ALL = samples(0, 3 * RATE);

    static Stream<Arguments> wholeFiles() {
        return Stream.of(
                Arguments.of("an odd chunk before the format", wav(
                        chunk("LIST", "INFOabc".getBytes(ISO_8859_1)), chunk("fmt ", PCM), chunk("data", ALL))),
                Arguments.of("chunks behind the samples", wav(chunk("fmt ", PCM), chunk("data", ALL),
                        chunk("cue ", new byte[28]), chunk("id3 ", "ID3\3\0\0\0\0\0\0".getBytes(ISO_8859_1)))),
                Arguments.of("a format of 18 bytes", wav(chunk("fmt ", format(1, 1, 16, 2)), chunk("data", ALL))),
                Arguments.of("a size of 0", wav(chunk("fmt ", PCM), chunk("data", 0, ALL))),
                Arguments.of("all sizes open", joined(chunk("RIFF", -1, "WAVE".getBytes(ISO_8859_1)), chunk("fmt ", PCM),
                        chunk("data", -1, ALL))),
                Arguments.of("a byte too many", wav(chunk("fmt ", PCM), chunk("data", joined(ALL, new byte[] {1})))),
                Arguments.of("a wrong rate of bytes", wav(
                        chunk("fmt ", ByteBuffer.wrap(PCM.clone()).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 1).array()),
                        chunk("data", ALL))),
                Arguments.of("RF64", wide("RF64", new byte[0])),
                Arguments.of("BW64 with its channels' names", wide("BW64", chunk("chna", new byte[4]))),
                Arguments.of("AU of unknown length", joined(".snd".getBytes(ISO_8859_1), ByteBuffer.allocate(24).putInt(28).putInt(-1)
                        .putInt(3).putInt(RATE).putInt(1).array(), swapped(ALL))),
                Arguments.of("RIFX", joined("RIFX".getBytes(ISO_8859_1), ByteBuffer.allocate(4).putInt(36 + ALL.length).array(),
                        "WAVEfmt ".getBytes(ISO_8859_1), ByteBuffer.allocate(20).putInt(16).putShort((short) 1).putShort((short) 1)
                                .putInt(RATE).putInt(2 * RATE).putShort((short) 2).putShort((short) 16).array(),
                        "data".getBytes(ISO_8859_1), ByteBuffer.allocate(4).putInt(ALL.length).array(), swapped(ALL))),
                Arguments.of("RIFX with further chunks", WavBytes.bigEndian(wav(chunk("LIST", "INFOabc".getBytes(ISO_8859_1)),
                        chunk("fmt ", PCM), chunk("data", ALL), chunk("cue ", new byte[28])))));
    }

    private static byte[] swapped(byte[] samples) {
        byte[] swapped = samples.clone();
        for (int i = 0; i + 1 < samples.length; i += 2) {
            swapped[i] = samples[i + 1];
            swapped[i + 1] = samples[i];
        }
        return swapped;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wholeFiles")
    void everySampleIsKeptAndNothingIsNoted(String kind, byte[] file) {
        Waveform waveform = READER.read("r", Sources.of(file));
        assertThat(waveform.length()).isEqualTo(3 * RATE);
        for (int i = 0; i < waveform.length(); i += 997) {
            assertThat((double) waveform.sample(i)).isCloseTo((short) (i - 20_000) / 32_768.0, within(1e-6));
        }
        assertThat(notes(waveform)).as(kind).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RIFF", "RIFX"})
    void theFirstOfTwoChunksOfSamplesIsDecodedAndTheOtherIsNoted(String form) {
        Waveform waveform = READER.read("r", Sources.of(as(form, wav(
                chunk("fmt ", PCM), chunk("data", samples(0, 2 * RATE)), chunk("data", samples(2 * RATE, 5 * RATE))))));
        assertThat(waveform.length()).isEqualTo(2 * RATE);
        assertThat((double) waveform.sample(0)).isCloseTo(-20_000 / 32_768.0, within(1e-6));
        assertThat(notes(waveform)).singleElement().satisfies(note -> {
            assertThat(note.kind()).isEqualTo(Kind.DATA_LEFT_OUT);
            assertThat(note.text()).startsWith("3.00 s of samples follow the 2.00 s that its header declares");
        });
    }

    private static byte[] as(String form, byte[] wav) {
        return form.equals("RIFX") ? WavBytes.bigEndian(wav) : wav;
    }

    @ParameterizedTest
    @ValueSource(strings = {"RIFF", "RIFX"})
    void aFileWithoutSamplesAndOneThatIsCutShortAreRefused(String form) {
        byte[] empty = as(form, wav(chunk("fmt ", PCM), chunk("data", new byte[0])));
        assertThatThrownBy(() -> READER.read("r", Sources.of(empty)))
                .isInstanceOf(AudioException.class).hasMessageContaining("no samples could be decoded");
        byte[] cut = as(form, wav(chunk("fmt ", PCM), chunk("data", 3 * SECOND, samples(0, RATE))));
        assertThatThrownBy(() -> READER.read("r", Sources.of(cut)))
                .isInstanceOf(AudioException.class)
                .hasMessageContaining("its header promises 3.00 s, but only 1.00 s are there; the file was cut short");
    }

    private static List<SoundNote> notes(Waveform waveform) {
        return waveform.source().orElseThrow().notes();
    }
}
