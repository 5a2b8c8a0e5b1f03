package io.github.spirabr.audio.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.audio.internal.SincResampler;
import io.github.spirabr.core.audio.Waveform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalsTest {

    private static float[] sine(double frequency, int rate, int length) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) Math.sin(2 * Math.PI * frequency * i / rate);
        }
        return samples;
    }

    /** Away from both ends. */
    private static double rms(float[] samples) {
        double sum = 0;
        int from = samples.length / 4;
        int to = 3 * samples.length / 4;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    @ParameterizedTest
    @CsvSource({"16000, 8000", "44100, 8000", "8000, 16000", "8000, 44100", "22050, 8000"})
    void resamplingKeepsWhatIsBelowTheCutoff(int from, int to) {
        float[] resampled = SincResampler.between(from, to, 3800).resample(sine(1000, from, from));
        float[] expected = sine(1000, to, to);
        assertThat(resampled).hasSize(to);
        for (int i = to / 4; i < 3 * to / 4; i++) {
            assertThat(resampled[i]).isCloseTo(expected[i], within(1e-3f));
        }
    }

    @Test
    void whatIsAboveTheCutoffGoes() {
        assertThat(rms(SincResampler.between(16_000, 8000, 3800).resample(sine(4500, 16_000, 16_000)))).isLessThan(1e-3);
        assertThat(rms(SincResampler.between(16_000, 16_000, 3000).resample(sine(3400, 16_000, 16_000)))).isLessThan(1e-3);
        assertThat(rms(SincResampler.between(16_000, 16_000, 3000).resample(sine(2600, 16_000, 16_000))))
                .isCloseTo(Math.sqrt(0.5), within(1e-3));
        assertThat(rms(SincResampler.between(16_000, 16_000, 3000).resample(sine(3000, 16_000, 16_000))))
                .isCloseTo(Math.sqrt(0.5) / 2, within(1e-2));
    }

    /**
     * FFmpeg takes the nearest of the codec's values, from 16 bits; the recommendation has decision values, in 14 bits, which
     * between segments are not half way, so that a sample there may fall beside it.
     */
    @Test
    void muLawIsThatOfFfmpeg() throws IOException {
        int same = 0;
        int all = 0;
        try (InputStream golden = Objects.requireNonNull(SignalsTest.class.getResourceAsStream("mulaw-golden.csv"))) {
            for (String line : new String(golden.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                int sample = Integer.parseInt(line.substring(0, line.indexOf(',')));
                int expected = Integer.parseInt(line.substring(line.indexOf(',') + 1));
                int decoded = Math.round(Companding.muLaw(sample / 32768f) * 32768);
                assertThat(Math.abs(decoded - sample)).as("%d", sample)
                        .isLessThanOrEqualTo(4 + 2 * Math.abs(expected - sample));
                same += decoded == expected ? 1 : 0;
                all++;
            }
        }
        assertThat((double) same / all).isGreaterThan(0.97);
    }

    @Test
    void eightBitsAre256Levels() {
        assertThat(Companding.eightBits(0.5f)).isEqualTo(0.5f);
        assertThat(Companding.eightBits(0.503f)).isEqualTo(0.5f);
        assertThat(Companding.eightBits(1.5f)).isEqualTo(127 / 128f);
        assertThat(Companding.eightBits(-1.5f)).isEqualTo(-1f);
    }

    @Test
    void recordingsOfEightKilohertzAreNotResampled() {
        Waveform waveform = Waveform.of(sine(1000, 8000, 4000), 8000);
        assertThat(Codec.encoded(waveform, "8khz").toArray()).isEqualTo(waveform.toArray());
        assertThat(Codec.encoded(Waveform.of(sine(1000, 44_100, 44_101), 44_100), "mu-law").length()).isEqualTo(44_101);
    }

    /** Loud for the first three quarters, soft after that. */
    private static Waveform halfLoud(int length, double soft) {
        float[] samples = sine(440, 8000, length);
        for (int i = 3 * length / 4; i < length; i++) {
            samples[i] *= (float) soft;
        }
        return Waveform.of(samples, 8000);
    }

    @Test
    void onlyTheQuietPartsAreLeft() {
        Waveform quiet = QuietParts.of(halfLoud(16_000, 0.01), 0.1, 24_000);
        assertThat(quiet.length()).isEqualTo(24_000);
        for (int i = 0; i < quiet.length(); i++) {
            assertThat(Math.abs(quiet.sample(i))).isLessThan(0.015f);
        }
        assertThat(rms(quiet.toArray())).isBetween(0.006, 0.009);
    }

    @Test
    void aRecordingShorterThanAStretchIsLooped() {
        assertThat(QuietParts.of(halfLoud(100, 1), 0.1, 1000).length()).isEqualTo(1000);
        assertThat(QuietParts.of(Waveform.of(new float[] {0.5f}, 8000), 0.1, 7).toArray()).hasSize(7).contains(0.5f);
        assertThat(QuietParts.of(halfLoud(16_000, 0.5), 1, 50).length()).isEqualTo(50);
    }
}
