package io.github.spirabr.audio.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpeechStatisticsTest {

    private static final int RATE = 8000;
    private static final SpeechStatistics STATISTICS = SpeechStatistics.builder().build();

    private static double value(FeatureMatrix features, String name) {
        return features.value(0, STATISTICS.featureNames().indexOf(name));
    }

    /** Bursts of a harmonic tone with zeros between them: so many seconds of each in turn, beginning with zeros. */
    private static float[] bursts(double... seconds) {
        float[] samples = new float[(int) Math.round(RATE * Arrays.stream(seconds).sum())];
        double end = 0;
        for (int n = 0; n < seconds.length; n++) {
            int from = (int) Math.round(end * RATE);
            end += seconds[n];
            for (int i = from; n % 2 == 1 && i < (int) Math.round(end * RATE); i++) {
                double phase = 2 * Math.PI * 150 * (i - from) / RATE;
                samples[i] = (float) (0.2 * Math.sin(phase) + 0.1 * Math.sin(2 * phase) + 0.05 * Math.sin(3 * phase));
            }
        }
        return samples;
    }

    @Test
    void pausesAndTimesAreThoseOfTheRecording() {
        FeatureMatrix features = STATISTICS.extract(Waveform.of(bursts(0.5, 0.4, 0.3, 0.4, 0.7, 0.4, 0.1, 0.4, 0.6), RATE));
        assertThat(value(features, "pauses")).isEqualTo(2);
        assertThat(value(features, "mean pause (s)")).isEqualTo(0.5, within(0.01));
        assertThat(value(features, "pause deviation (s)")).isEqualTo(0.4 / Math.sqrt(2), within(0.01));
        assertThat(value(features, "longest pause (s)")).isEqualTo(0.7, within(0.01));
        assertThat(value(features, "phonation time (s)")).isEqualTo(1.7, within(0.02));
        assertThat(value(features, "total time (s)")).isEqualTo(3.8, within(1e-6));
        assertThat(value(features, "silence share")).isEqualTo(2.1 / 3.8, within(0.01));
        assertThat(value(features, "speech runs (1/s)")).isEqualTo(3 / 3.8, within(1e-6));
        assertThat(value(features, "articulation rate (syllables/s)")).isEqualTo(4 / 1.7, within(0.03));
        assertThat(value(features, "F0 mean (Hz)")).isEqualTo(150, within(0.1));
        assertThat(value(features, "voiced share")).isEqualTo(0.97, within(0.03));
    }

    @Test
    void energySlopeAndCentroidAreThoseOfTheSound() {
        float[] samples = new float[2 * RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.5 * Math.pow(10, -3.0 * i / RATE / 20) * Math.sin(2 * Math.PI * 500 * i / RATE));
        }
        FeatureMatrix features = STATISTICS.extract(Waveform.of(samples, RATE));
        assertThat(value(features, "energy slope (dB/s)")).isEqualTo(-3, within(0.02));
        assertThat(value(features, "spectral centroid (Hz)")).isEqualTo(500, within(1.0));
        assertThat(value(features, "spectral centroid deviation (Hz)")).isEqualTo(0, within(0.1));
    }

    /** Pulses through y[n] = x[n] + 0.98 y[n - 1] fall by 6 dB per octave. */
    @Test
    void theTiltOfABuzzIsThatOfItsFilter() {
        float[] samples = new float[RATE];
        double last = 0;
        for (int i = 0; i < samples.length; i++) {
            last = 0.98 * last + (i % 80 == 0 ? 1 : 0);
            samples[i] = (float) (0.1 * last);
        }
        assertThat(value(STATISTICS.extract(Waveform.of(samples, RATE)), "spectral tilt (dB/octave)")).isEqualTo(-6, within(1.0));
    }

    @Test
    void silenceHasNothingButItsTime() {
        float[] values = STATISTICS.extract(Waveform.of(new float[RATE], RATE)).toArray();
        float[] expected = new float[STATISTICS.features()];
        expected[STATISTICS.featureNames().indexOf("total time (s)")] = 1;
        expected[STATISTICS.featureNames().indexOf("silence share")] = 1;
        assertThat(values).containsExactly(expected);
    }

    @Test
    void veryShortWindowsHaveFiniteValues() {
        for (int length : new int[] {1, 2, 39, 40, 100, 319, 320, 321}) {
            assertThat(STATISTICS.extract(Waveform.of(Arrays.copyOfRange(bursts(0.2, 0.4), 1700, 1700 + length), RATE)).frames())
                    .isEqualTo(1);
        }
    }

    @Test
    void aLowSampleRateLeavesFiniteValues() {
        for (int rate : new int[] {100, 500, 1000, 2000}) {
            assertThat(STATISTICS.extract(Waveform.of(bursts(0.2, 0.4), rate)).frames()).isEqualTo(1);
        }
    }

    @Test
    void namesAreThoseOfTheValues() {
        assertThat(STATISTICS.featureNames()).hasSize(STATISTICS.features()).doesNotHaveDuplicates();
    }

    @Test
    void aCeilingBelowTheFloorIsRefused() {
        assertThatThrownBy(() -> Components.discover().create(FeatureExtractor.class, "extract",
                new ComponentDescription("speech-statistics", Map.of("pitchFloor", 200, "pitchCeiling", 150))))
                .hasMessageContaining("pitchCeiling: must be above pitchFloor (200 Hz), but was 150 Hz; raise it or lower pitchFloor");
    }
}
