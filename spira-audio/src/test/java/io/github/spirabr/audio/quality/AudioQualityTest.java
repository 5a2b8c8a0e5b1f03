package io.github.spirabr.audio.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AudioQualityTest {

    private static final int RATE = 16_000;

    private static float[] tone(double hertz, double amplitude, int length) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / RATE));
        }
        return samples;
    }

    @Test
    void aToneHasTheLevelOfItsAmplitude() {
        AudioQuality quality = AudioQuality.of(Waveform.of(tone(1000, 0.5, RATE), RATE));
        assertThat(quality.peak()).isCloseTo(0.5, within(1e-6));
        // 20 log10(0.5 / sqrt 2)
        assertThat(quality.levelDb()).isCloseTo(-9.031, within(1e-3));
        assertThat(quality.noiseFloorDb()).isCloseTo(-9.031, within(0.1));
        assertThat(quality.signalToNoiseDb()).isCloseTo(0, within(0.1));
        assertThat(quality.clipped()).isZero();
        assertThat(quality.silent()).isZero();
        assertThat(quality.bandwidthHertz()).isBetween(1000.0, 1200.0);
    }

    @Test
    void clippingIsCounted() {
        float[] samples = tone(1000, 2, RATE);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.max(-1, Math.min(1, samples[i]));
        }
        // Of the 16 samples of a period, sin is at least 1/2 in magnitude at 10.
        assertThat(AudioQuality.of(Waveform.of(samples, RATE)).clipped()).isCloseTo(10 / 16.0, within(1e-3));
    }

    @Test
    void pausesShowAsNoiseFloorAndSilence() {
        SplittableRandom random = new SplittableRandom(1);
        float[] samples = tone(500, 0.3, 2 * RATE);
        for (int i = 0; i < samples.length; i++) {
            boolean pause = i / (RATE / 4) % 2 == 1;
            samples[i] = (float) ((pause ? 0 : samples[i]) + 2e-4 * (random.nextDouble() - 0.5) * Math.sqrt(12));
        }
        AudioQuality quality = AudioQuality.of(Waveform.of(samples, RATE));
        // The noise has a root mean square of 2e-4: -74 dB. The tone has -13.5 dB.
        assertThat(quality.noiseFloorDb()).isCloseTo(-74, within(0.7));
        assertThat(quality.signalToNoiseDb()).isCloseTo(60.5, within(0.8));
        assertThat(quality.silent()).isCloseTo(0.5, within(0.02));
    }

    @Test
    void aTelephonesBandwidthIsSeen() {
        SplittableRandom random = new SplittableRandom(1);
        float[] noise = new float[4 * RATE];
        for (int k = 0; k < 150; k++) {
            double hertz = 100 + 22 * k;
            double phase = random.nextDouble() * 2 * Math.PI;
            for (int i = 0; i < noise.length; i++) {
                noise[i] += (float) (0.01 * Math.sin(2 * Math.PI * hertz * i / RATE + phase));
            }
        }
        assertThat(AudioQuality.of(Waveform.of(noise, RATE)).bandwidthHertz()).isBetween(3378.0, 3600.0);
    }

    @Test
    void digitalSilenceHasNothing() {
        AudioQuality quality = AudioQuality.of(Waveform.of(new float[RATE], RATE));
        assertThat(quality).isEqualTo(new AudioQuality(0, 0, 1, -120, -120, 0, 0));
    }

    @Property(tries = 200)
    void everyRecordingHasFiniteFigures(@ForAll @IntRange(min = 1, max = 3000) int length, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (random.nextDouble() * 2 - 1);
        }
        AudioQuality quality = AudioQuality.of(Waveform.of(samples, RATE));
        for (double value : new double[] {quality.peak(), quality.clipped(), quality.silent(), quality.levelDb(),
            quality.noiseFloorDb(), quality.signalToNoiseDb(), quality.bandwidthHertz()}) {
            assertThat(value).isFinite();
        }
        assertThat(quality.signalToNoiseDb()).isNotNegative();
        assertThat(quality.bandwidthHertz()).isBetween(0.0, RATE / 2.0);
    }
}
