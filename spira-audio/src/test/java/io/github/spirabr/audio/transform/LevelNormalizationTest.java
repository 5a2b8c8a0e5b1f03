package io.github.spirabr.audio.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LevelNormalizationTest {

    private static final int RATE = 16_000;

    /** Syllables of noise and a tone, with hiss between them. */
    private static Waveform speech(double gain) {
        float[] samples = new float[3 * RATE];
        long state = 5;
        for (int i = 0; i < samples.length; i++) {
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
            double noise = (state >> 12 & 0xFFFF) / 32768.0 - 1;
            double voice = i / 4000 % 2 == 0 ? 0.1 * noise + 0.2 * Math.sin(2 * Math.PI * 220 * i / RATE) : 0.002 * noise;
            samples[i] = (float) (gain * voice);
        }
        return Waveform.of(samples, RATE);
    }

    private static double decibels(Measure measure, Waveform waveform) {
        return measure.decibels(Samples.of(waveform), waveform.sampleRate());
    }

    @Test
    void everyRecordingGetsTheTarget() {
        for (double gain : List.of(0.1, 1.0, 4.0)) {
            assertThat(decibels(Measure.PEAK, LevelNormalization.peak(-3).apply(speech(gain)))).isEqualTo(-3, within(1e-5));
            assertThat(decibels(Measure.RMS, LevelNormalization.rms(-30).apply(speech(gain)))).isEqualTo(-30, within(1e-5));
            assertThat(decibels(Measure.LOUDNESS, LevelNormalization.loudness(-23).apply(speech(gain))))
                    .isEqualTo(-23, within(1e-5));
        }
    }

    @Test
    void levelsAreThoseOfTheirFormulas() {
        assertThat(LevelNormalization.peak(0).apply(Waveform.of(new float[] {0.25f, -0.5f, 0}, RATE)).toArray())
                .containsExactly(0.5f, -1, 0);
        // The mean square of 0.3 and 0.4 is 0.125; at -20 dB it is 0.01.
        assertThat(LevelNormalization.rms(-20).apply(Waveform.of(new float[] {0.3f, 0.4f}, RATE)).toArray())
                .containsExactly(new float[] {(float) (0.3 * Math.sqrt(0.08)), (float) (0.4 * Math.sqrt(0.08))}, within(1e-7f));
    }

    @Test
    void featuresDoNotDependOnTheLevelOfTheInput() {
        for (WaveformTransform transform : List.of(
                LevelNormalization.peak(-1), LevelNormalization.rms(-26), LevelNormalization.loudness(-23))) {
            float[] soft = features(transform.apply(speech(1)));
            float[] loud = features(transform.apply(speech(Math.pow(10, 0.5))));
            assertThat(loud).as(transform.toString()).containsExactly(soft, within(1e-4f));
        }
        assertThat(features(speech(Math.pow(10, 0.5)))[0] - features(speech(1))[0]).as("without it they do").isGreaterThan(1);
    }

    private static float[] features(Waveform waveform) {
        return Mfcc.builder().build().extract(waveform).toArray();
    }

    @Test
    void silencePassesUnchanged() {
        Waveform zeros = Waveform.of(new float[RATE], RATE);
        Waveform soft = speech(1e-4);
        assertThat(LevelNormalization.peak(-1).apply(zeros)).isSameAs(zeros);
        assertThat(LevelNormalization.rms(-26).apply(zeros)).isSameAs(zeros);
        assertThat(LevelNormalization.loudness(-23).apply(zeros)).isSameAs(zeros);
        assertThat(LevelNormalization.loudness(-23).apply(soft)).isSameAs(soft);
    }

    @Test
    void nothingIsClipped() {
        float[] click = new float[RATE];
        for (int i = 0; i < RATE; i++) {
            click[i] = i == 8000 ? 1 : (float) (0.01 * Math.sin(i));
        }
        Waveform loud = LevelNormalization.rms(-10).apply(Waveform.of(click, RATE));
        assertThat(loud.sample(8000) / loud.sample(1)).isEqualTo(click[8000] / click[1], within(1e-3f));
        assertThat(loud.sample(8000)).isGreaterThan(10);
    }

    @Test
    void defaultsBelongToTheMeasure() {
        assertThat(made(Map.of())).isEqualTo(LevelNormalization.loudness(-23).description());
        assertThat(made(Map.of("measure", "rms"))).isEqualTo(LevelNormalization.rms(-26).description());
        assertThat(made(Map.of("measure", "peak"))).isEqualTo(LevelNormalization.peak(-1).description());
        assertThat(made(Map.of("measure", "peak", "target", -6))).isEqualTo(LevelNormalization.peak(-6).description());
    }

    private static ComponentDescription made(Map<String, Object> settings) {
        return Components.discover().create(
                WaveformTransform.class, "transform", new ComponentDescription("normalize-level", settings)).description();
    }

    @Test
    void aTargetAboveFullScaleIsRefused() {
        assertThatThrownBy(() -> LevelNormalization.peak(0.5))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("target must be between -70 and 0 dB, but was 0.5 dB");
    }
}
