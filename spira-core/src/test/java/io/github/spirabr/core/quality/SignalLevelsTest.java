package io.github.spirabr.core.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import org.junit.jupiter.api.Test;

class SignalLevelsTest {

    private static final int RATE = 8000;

    private static float[] sine(double amplitude, int samples) {
        float[] sine = new float[samples];
        for (int i = 0; i < samples; i++) {
            sine[i] = (float) (amplitude * Math.sin(2 * Math.PI * 400 * i / RATE));
        }
        return sine;
    }

    @Test
    void aSineOfHalfTheScaleIsNineDecibelsBelowIt() {
        SignalLevels levels = SignalLevels.of(Waveform.of(sine(0.5, 2 * RATE), RATE));
        assertThat(levels.durationSeconds()).isEqualTo(2);
        assertThat(levels.peak()).isCloseTo(0.5, within(1e-6));
        assertThat(levels.levelDb()).isCloseTo(20 * Math.log10(0.5 / Math.sqrt(2)), within(1e-6));
        assertThat(levels.noiseFloorDb()).isCloseTo(levels.levelDb(), within(1e-6));
        assertThat(levels.signalToNoiseDb()).isCloseTo(0, within(1e-6));
        assertThat(levels.clipped()).isZero();
        assertThat(levels.silent()).isZero();
    }

    @Test
    void pausesAndOverdrivenPeaksAreShares() {
        float[] samples = sine(2, RATE);
        int overdriven = 0;
        for (int i = 0; i < RATE / 2; i++) {
            samples[i] = 0;
        }
        for (int i = 0; i < RATE; i++) {
            samples[i] = Math.max(-1, Math.min(1, samples[i]));
            overdriven += Math.abs(samples[i]) >= 0.99 ? 1 : 0;
        }
        SignalLevels levels = SignalLevels.of(Waveform.of(samples, RATE));
        assertThat(levels.clipped()).isEqualTo((double) overdriven / RATE).isBetween(0.3, 0.4);
        assertThat(levels.silent()).isEqualTo(0.5);
        assertThat(levels.noiseFloorDb()).isEqualTo(-120);
    }

    @Test
    void digitalSilenceAndASingleSampleHaveLevelsToo() {
        assertThat(SignalLevels.of(Waveform.of(new float[RATE], RATE)).levelDb()).isEqualTo(-120);
        assertThat(SignalLevels.of(Waveform.of(new float[] {1}, RATE)))
                .isEqualTo(new SignalLevels(1.0 / RATE, 1, 1, 0, 0, 0, 0));
    }
}
