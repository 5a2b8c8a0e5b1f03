package io.github.spirabr.audio.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.preprocessing.PreprocessingException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Loudness is that of FFmpeg's ebur128 filter; make_loudness_golden.py wrote its values. */
class LoudnessGoldenTest {

    private static final double TOLERANCE = 0.1;

    private static int[] noise(int length, long seed) {
        int[] out = new int[length];
        long state = seed;
        for (int i = 0; i < length; i++) {
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
            out[i] = (int) (state >> 12 & 0xFFFF) - 32768;
        }
        return out;
    }

    private static double sine(double frequency, int i, int rate) {
        return Math.sin(2 * Math.PI * frequency * i / rate);
    }

    private static int sample(String name, int i, int rate, int noise) {
        return switch (name) {
            case "noise" -> noise >> 2;
            case "tone" -> (int) Math.rint(8000 * sine(997, i, rate));
            case "low" -> (int) Math.rint(12_000 * sine(50, i, rate)) + (noise >> 8);
            case "steps" -> noise >> new int[] {2, 3, 6, 15, 5, 8}[2 * i / rate % 6];
            default -> (20 * i / rate % 8 < 3 ? voice(i, rate) : 0) + (noise >> 9);
        };
    }

    private static int voice(int i, int rate) {
        double sum = 0;
        for (int harmonic = 1; harmonic <= 10; harmonic++) {
            sum += sine(130 * harmonic, i, rate);
        }
        return (int) Math.rint(2000 * sum);
    }

    private static double[] signal(String name, int length, int rate, int shift) {
        int[] noise = noise(length, switch (name) {
            case "low" -> 2;
            case "steps" -> 3;
            case "syllables" -> 4;
            default -> 1;
        });
        double[] samples = new double[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (sample(name, i, rate, noise[i]) >> shift) / 32768.0;
        }
        return samples;
    }

    @ParameterizedTest
    @CsvFileSource(resources = "loudness-golden.csv", numLinesToSkip = 1)
    void itIsThatOfFfmpeg(String name, int rate, int seconds, int shift, double lufs) {
        double measured = Loudness.integrated(signal(name, seconds * rate, rate, shift), rate);
        assertThat(measured).isEqualTo(lufs, within(TOLERANCE));
    }

    @Test
    void filtersAt48KilohertzHaveTheListedCoefficients() {
        assertSame(Loudness.shelf(48_000), new Biquad(
                1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585));
        assertSame(Loudness.highPass(48_000), new Biquad(1, -2, 1, -1.99004745483398, 0.99007225036621));
    }

    private static void assertSame(Biquad filter, Biquad listed) {
        assertThat(new double[] {filter.b0(), filter.b1(), filter.b2(), filter.a1(), filter.a2()}).containsExactly(
                new double[] {listed.b0(), listed.b1(), listed.b2(), listed.a1(), listed.a2()}, within(1e-12));
    }

    /** Technical document EBU 3341, test signals 3 and 4 in mono: a tone at -36, -23 and -36 dBFS, and softer ends at -72 dBFS. */
    @Test
    void gatesLeaveSofterPartsOut() {
        double[] tone = new double[80 * 48_000];
        for (int i = 0; i < tone.length; i++) {
            int second = i / 48_000;
            double level = second >= 20 && second < 60 ? -23 : -36;
            tone[i] = Math.pow(10, level / 20) * sine(1000, i, 48_000);
        }
        double[] padded = new double[100 * 48_000];
        System.arraycopy(tone, 0, padded, 10 * 48_000, tone.length);
        for (int i = 0; i < 10 * 48_000; i++) {
            padded[i] = Math.pow(10, -72 / 20.0) * sine(1000, i, 48_000);
            padded[padded.length - 1 - i] = padded[i];
        }
        // In mono a sine has 3 LU less than on the two channels of the document.
        assertThat(Loudness.integrated(tone, 48_000)).isEqualTo(-26, within(TOLERANCE));
        assertThat(Loudness.integrated(padded, 48_000)).isEqualTo(-26, within(TOLERANCE));
    }

    @Test
    void whatLiesBelowTheAbsoluteGateHasNone() {
        double[] soft = signal("noise", 16_000, 16_000, 0);
        Arrays.setAll(soft, i -> soft[i] * 1e-3);
        assertThat(Loudness.integrated(soft, 16_000)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Loudness.integrated(new double[16_000], 16_000)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void aShortRecordingIsOneBlock() {
        double whole = Loudness.integrated(signal("tone", 6400, 16_000, 0), 16_000);
        assertThat(Loudness.integrated(signal("tone", 6399, 16_000, 0), 16_000)).isEqualTo(whole, within(0.01));
        assertThat(Loudness.integrated(signal("tone", 800, 16_000, 0), 16_000)).isEqualTo(whole, within(1.0));
    }

    @Test
    void aRateBelow4KilohertzIsRefused() {
        assertThatThrownBy(() -> Loudness.integrated(new double[10], 3999))
                .isInstanceOf(PreprocessingException.class)
                .hasMessage("the sample rate must be at least 4000 Hz to measure loudness, but was 3999 Hz;"
                        + " measure rms or peak, or let the reader resample to a higher rate");
    }
}
