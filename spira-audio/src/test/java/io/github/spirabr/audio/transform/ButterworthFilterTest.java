package io.github.spirabr.audio.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ButterworthFilterTest {

    private static final int RATE = 16_000;

    private static Waveform noise(int rate) {
        float[] samples = new float[300];
        long state = 1;
        for (int i = 0; i < samples.length; i++) {
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
            samples[i] = ((state >> 12 & 0xFFFF) - 32768) / 65536f;
        }
        return Waveform.of(samples, rate);
    }

    /** scipy.signal.sosfilt of scipy.signal.butter; make_filters_golden.py wrote the values. */
    @ParameterizedTest
    @CsvFileSource(resources = "filters-golden.csv", numLinesToSkip = 1)
    void itIsThatOfScipy(String type, int rate, double low, double high, int order, String samples) {
        ButterworthFilter filter = switch (type) {
            case "high-pass" -> ButterworthFilter.highPass(low);
            case "low-pass" -> ButterworthFilter.lowPass(high);
            default -> ButterworthFilter.band(low, high);
        };
        Waveform filtered = filter.order(order).apply(noise(rate));
        double[] expected = Arrays.stream(samples.split(" ")).mapToDouble(Double::parseDouble).toArray();
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) filtered.sample(10 * i)).as("sample %d", 10 * i).isEqualTo(expected[i], within(1e-7));
        }
    }

    /** Returns the gain of a sine once the filter has settled, in decibels. */
    private static double gain(ButterworthFilter filter, double frequency) {
        float[] sine = new float[2 * RATE];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) Math.sin(2 * Math.PI * frequency * i / RATE);
        }
        double[] filtered = Samples.of(filter.apply(Waveform.of(sine, RATE)));
        return 10 * Math.log10(2 * Samples.power(filtered, RATE, 2 * RATE));
    }

    @Test
    void aCutoffIsAt3DecibelsForEveryOrder() {
        for (int order = 2; order <= 16; order += 2) {
            assertThat(gain(ButterworthFilter.highPass(500).order(order), 500)).isEqualTo(-3.0103, within(0.001));
            assertThat(gain(ButterworthFilter.lowPass(500).order(order), 500)).isEqualTo(-3.0103, within(0.001));
            assertThat(gain(ButterworthFilter.lowPass(500).order(order), 50)).isEqualTo(0, within(0.001));
        }
    }

    @Test
    void beyondACutoffItFallsBy6DecibelsPerOctaveAndOrder() {
        double octave = gain(ButterworthFilter.highPass(400), 100) - gain(ButterworthFilter.highPass(400), 50);
        assertThat(octave).isEqualTo(4 * 6.02, within(0.1));
    }

    @Test
    void whatCameBeforeIsZero() {
        float[] constant = new float[10];
        Arrays.fill(constant, 0.5f);
        Waveform filtered = ButterworthFilter.highPass(10).apply(Waveform.of(constant, RATE));
        assertThat(filtered.sample(0)).isEqualTo(0.5f, within(0.01f));
    }

    @Test
    void settingsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> ButterworthFilter.highPass(0))
                .hasMessage("cutoff must be between 1 and 1000000 Hz, but was 0 Hz");
        assertThatThrownBy(() -> ButterworthFilter.lowPass(100).order(3))
                .isInstanceOf(InvalidSettingException.class).hasMessage("order: must be even, but was 3");
        assertThatThrownBy(() -> ButterworthFilter.lowPass(100).order(18))
                .hasMessage("order must be between 2 and 16, but was 18; the default is 4");
        assertThatThrownBy(() -> ButterworthFilter.band(300, 300))
                .hasMessage("low: must be below high, 300.0 Hz, but was 300.0 Hz");
    }

    @Test
    void aCutoffAtHalfTheSampleRateIsRefused() {
        assertThatThrownBy(() -> ButterworthFilter.band(300, 8000).apply(noise(RATE)))
                .isInstanceOf(PreprocessingException.class)
                .hasMessage("high of band-limit must be below 8000.0 Hz, half the sample rate, but was 8000.0 Hz;"
                        + " lower it, or let the reader resample to a higher rate");
    }
}
