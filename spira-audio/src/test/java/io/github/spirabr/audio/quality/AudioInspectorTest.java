package io.github.spirabr.audio.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.speech.SpeechStatistics;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AudioInspectorTest {

    private static final int RATE = 16_000;

    private final AudioInspector inspector =
            AudioInspector.of(FfmpegAudioReader.builder().sampleRate(RATE).build());

    private static Recording recording(String id, byte[] bytes) {
        return new Recording(id, id, Label.CONTROL, Map.of(), AudioSource.ofBytes(id, bytes));
    }

    /** A WAV file of 16 bits, or of floats. */
    private static byte[] wav(float[] samples, boolean floats) {
        int width = floats ? Float.BYTES : Short.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(44 + width * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.UTF_8)).putInt(36 + width * samples.length).put("WAVEfmt ".getBytes(StandardCharsets.UTF_8)).putInt(16)
                .putShort((short) (floats ? 3 : 1)).putShort((short) 1).putInt(RATE).putInt(RATE * width)
                .putShort((short) width).putShort((short) (8 * width)).put("data".getBytes(StandardCharsets.UTF_8)).putInt(width * samples.length);
        for (float sample : samples) {
            if (floats) {
                bytes.putFloat(Math.round(sample * 32768) / 32768f);
            } else {
                bytes.putShort((short) Math.round(sample * 32768));
            }
        }
        return bytes.array();
    }

    private static float[] tone(double frequency, double amplitude) {
        float[] samples = new float[2 * RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * frequency * i / RATE));
        }
        return samples;
    }

    @Test
    void aRecordingIsDescribedByItsFormatAndItsSound() {
        RecordingFacts facts = inspector.inspect(recording("tone", wav(tone(440, 0.5), false)));
        assertThat(facts.traits()).containsExactly(
                Map.entry("codec", "pcm_s16le"), Map.entry("sampleRate", "16000"), Map.entry("channels", "1"),
                Map.entry("digitalSilence", "none"));
        assertThat(facts.duration()).hasSeconds(2);
        assertThat(facts.measures()).containsKeys("durationSeconds", "levelDb", "peak", "clipped", "silent", "noiseFloorDb",
                "signalToNoiseDb", "bandwidthHertz", "noise63HzDb", "noise4000HzDb");
        // The root mean square of a sine is its amplitude over the root of 2.
        assertThat(facts.measures().get("levelDb")).isCloseTo(20 * Math.log10(0.5 / Math.sqrt(2)), within(0.01));
    }

    @Test
    void speechIsMeasuredWhereItIsWanted() {
        Recording tone = recording("tone", wav(tone(440, 0.5), false));
        assertThat(inspector.inspect(tone).speech()).isEmpty();
        SpeechStatistics statistics = SpeechStatistics.builder().build();
        RecordingFacts facts = AudioInspector.of(FfmpegAudioReader.builder().sampleRate(RATE).build()).withSpeech(statistics).inspect(tone);
        assertThat(facts.speech().keySet()).containsExactlyElementsOf(statistics.featureNames());
        assertThat(facts.speech().get("F0 mean (Hz)")).isCloseTo(440, within(1.0));
        assertThat(facts.speech()).containsEntry("total time (s)", 2.0);
    }

    @Test
    void statisticsWithoutNamesAreRefused() {
        assertThatThrownBy(() -> inspector.withSpeech(Mfcc.builder().build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("statistics must name their features, but mfcc has no names; give an extractor such as speech-statistics");
    }

    @Test
    void losslessCopiesHaveOneSoundButContentsOfTheirOwn() {
        RecordingFacts integers = inspector.inspect(recording("a", wav(tone(300, 0.3), false)));
        RecordingFacts floats = inspector.inspect(recording("b", wav(tone(300, 0.3), true)));
        assertThat(floats.sound()).isEqualTo(integers.sound());
        assertThat(floats.content()).isNotEqualTo(integers.content());
        assertThat(inspector.inspect(recording("c", wav(tone(301, 0.3), false))).sound()).isNotEqualTo(integers.sound());
    }

    @Test
    void aHumIsFoundInItsOctaveWithItsLevel() {
        Map<Integer, Double> levels = NoiseSpectrum.of(Waveform.of(tone(62.5, 0.01), RATE));
        assertThat(levels.get(63)).isCloseTo(20 * Math.log10(0.01 / Math.sqrt(2)), within(0.3));
        assertThat(levels.get(250)).isLessThan(-90);
        assertThat(levels.get(4000)).isLessThan(-100);
    }

    @Test
    void noiseIsMeasuredInThePausesOfSpeech() {
        float[] samples = tone(1000, 0.5);
        // A pause of a quarter, in which only a faint noise is heard.
        RandomGenerator random = new RandomStreams(1).stream("noise");
        for (int i = RATE; i < RATE + RATE / 2; i++) {
            samples[i] = (float) (0.001 * random.nextGaussian());
        }
        Map<Integer, Double> levels = NoiseSpectrum.of(Waveform.of(samples, RATE));
        // White noise of deviation 0.001: -60 dB in 8 kHz, of which the octave around 1 kHz has 707 Hz.
        assertThat(levels.get(1000)).isCloseTo(-60 + 10 * Math.log10(707.1 / 8000), within(2.0));
    }

    @Test
    void bandsThatTheRateCannotHoldAreLeftOutAndTooShortRecordingsHaveNone() {
        assertThat(NoiseSpectrum.of(Waveform.of(new float[8000], 8000))).containsOnlyKeys(63, 125, 250, 500, 1000, 2000)
                .containsValue(-120.0);
        assertThat(NoiseSpectrum.of(Waveform.of(new float[100], 8000))).isEmpty();
    }
}
