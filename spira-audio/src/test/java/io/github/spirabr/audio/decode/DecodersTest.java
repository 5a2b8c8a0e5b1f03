package io.github.spirabr.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.audio.Waveform;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The white list of decoders, and discontinuous transmission of AMR, which needs the right ones. */
class DecodersTest {

    @SuppressWarnings("unused") // read by JUnit
    private static final List<String> NAMES = Decoders.NAMES;
    private static final FfmpegAudioReader READER = FfmpegAudioReader.builder().sampleRate(8000).build();
    private static final int SPEECH_NB = 32;
    private static final int FRAME = 160;

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyNameIsADecoderOfTheBundledFfmpeg(String name) {
        AVCodec found = avcodec.avcodec_find_decoder_by_name(name);
        assertThat(found).as(name).isNotNull();
        assertThat(found.isNull()).as(name).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"g722.wav, adpcm_g722, 16000", "g726.wav, adpcm_g726, 8000"})
    void telephonyCodecsAreDecoded(String file, String codec, int rate) {
        Waveform waveform = FfmpegAudioReader.builder().sampleRate(rate).build().read("r", Sources.of(Sources.fixture(file)));
        assertThat(waveform.source().map(SourceFormat::codec)).contains(codec);
        assertThat(waveform.duration().toMillis()).isEqualTo(500);
        for (int i = rate / 5; i < rate * 2 / 5; i++) {
            // G.722 delays by 22 samples.
            double wanted = 0.2 * Math.sin(2 * Math.PI * 300 * (i - (rate == 16_000 ? 22 : 0)) / rate);
            assertThat((double) waveform.sample(i)).isCloseTo(wanted, within(0.03));
        }
    }

    /** As gateways write it: a SID frame, then seven frames without data, over and over; 40 frames are 0.8 s. */
    @Test
    void narrowBandKeepsItsPauses() {
        byte[] speech = Sources.fixture("tones.amr");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(speech);
        pause(file, 96, 0x44);
        file.write(speech, 6, SPEECH_NB * 20);
        Waveform waveform = READER.read("r", Sources.of(file.toByteArray()));
        int frames = (speech.length - 6) / SPEECH_NB;
        assertThat(waveform.length()).isEqualTo((frames + 96 + 20) * FRAME);
        assertThat(waveform.source().orElseThrow().notes()).isEmpty();
        double speaking = power(waveform, 10, 35);
        assertThat(power(waveform, frames + 60, frames + 95)).isLessThan(speaking / 10);
        assertThat(power(waveform, frames + 100, frames + 115)).isGreaterThan(speaking / 2);
    }

    /** AMR has no checksum, so that any bits of the right number are speech of a kind. */
    @Test
    void wideBandKeepsItsPauses() {
        Random random = new Random(7);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("#!AMR-WB\n".getBytes(StandardCharsets.US_ASCII));
        for (int f = 0; f < 50; f++) {
            byte[] frame = new byte[18];
            random.nextBytes(frame);
            frame[0] = 0x04;
            file.writeBytes(frame);
        }
        pause(file, 80, 0x4c);
        Waveform waveform = READER.read("r", Sources.of(file.toByteArray()));
        assertThat(waveform.length()).isEqualTo(130 * FRAME);
        assertThat(waveform.source().orElseThrow().codec()).isEqualTo("amr_wb");
        assertThat(waveform.source().orElseThrow().notes()).isEmpty();
    }

    private static void pause(ByteArrayOutputStream file, int frames, int sid) {
        for (int f = 0; f < frames; f++) {
            if (f % 8 == 0) {
                file.write(sid);
                file.writeBytes(new byte[5]);
            } else {
                file.write(0x7c);
            }
        }
    }

    private static double power(Waveform waveform, int firstFrame, int lastFrame) {
        float[] samples = Arrays.copyOfRange(waveform.toArray(), firstFrame * FRAME, lastFrame * FRAME);
        double sum = 0;
        for (float sample : samples) {
            sum += sample * sample;
        }
        return sum / samples.length;
    }
}
