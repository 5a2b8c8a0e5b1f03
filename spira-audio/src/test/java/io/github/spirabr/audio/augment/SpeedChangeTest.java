package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpeedChangeTest {

    private static final int RATE = 16_000;

    private static float[] sine(double frequency, int length) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * frequency * i / RATE));
        }
        return samples;
    }

    private static float[] played(float[] samples, double speed) {
        return SpeedChange.of(speed, speed)
                .augment(Waveform.of(samples, RATE), Sounds.control("c"), Sounds.stream(1))
                .toArray();
    }

    /** Of what is far enough from both ends, relative to a sine of amplitude 0.5. */
    private static double decibels(float[] samples) {
        double power = 0;
        for (int i = 200; i < samples.length - 200; i++) {
            power += Math.pow(samples[i], 2);
        }
        return 10 * Math.log10(power / (samples.length - 400) / 0.125);
    }

    @Property(tries = 40)
    void aSineBecomesTheSineOfAnotherFrequency(
            @ForAll @DoubleRange(min = 0.25, max = 4) double speed,
            @ForAll @DoubleRange(min = 50, max = 1200) double frequency) {
        float[] out = played(sine(frequency, 4000), speed);
        float[] wanted = sine(frequency * speed, out.length);
        for (int i = 200; i < out.length - 200; i++) {
            assertThat(out[i]).as("sample %s", i).isEqualTo(wanted[i], within(5e-4f));
        }
    }

    @Property(tries = 200)
    void itsLengthIsDividedByTheSpeed(
            @ForAll @DoubleRange(min = 0.25, max = 4) double speed, @ForAll @IntRange(min = 1, max = 3000) int length) {
        assertThat(played(new float[length], speed)).hasSize((int) Math.max(1, Math.round(length / speed)));
    }

    @Test
    void whatWouldFoldBackIsFilteredOut() {
        // Played 1.5 times as fast, 7 kHz would be 10.5 kHz and fold to 5.5 kHz.
        assertThat(decibels(played(sine(7000, 8000), 1.5))).isLessThan(-60);
        assertThat(decibels(played(sine(3000, 16000), 4))).isLessThan(-60);
    }

    @Test
    void whatFitsComesThrough() {
        // A Hann window lets a filter ripple by 0.0063, which is 0.055 dB.
        assertThat(decibels(played(sine(4500, 8000), 1.5))).isEqualTo(0, within(0.06));
        assertThat(decibels(played(sine(7000, 8000), 0.8))).isEqualTo(0, within(0.06));
    }

    @Test
    void theSameSpeedChangesNothing() {
        float[] speech = Sounds.random("s", 500, 0.5).toArray();
        assertThat(played(speech, 1)).isEqualTo(speech);
    }

    @Test
    void speedsAreUniform() {
        SpeedChange change = SpeedChange.of(0.9, 1.1);
        int[] bins = new int[4];
        Waveform speech = Sounds.silence(1000);
        for (int seed = 0; seed < 2000; seed++) {
            double speed = 1000.0 / change.augment(speech, Sounds.control("c"), Sounds.stream(seed)).length();
            bins[(int) Math.min(3, Math.max(0, (speed - 0.9) / 0.05))]++;
        }
        // Expected 500 each; five standard deviations of a binomial are 97.
        for (int count : bins) {
            assertThat(count).isBetween(403, 597);
        }
    }

    @Test
    void itComesAsOftenAsItsProbabilitySays() {
        Chances.areKept(Sounds.random("s", 50, 0.3), probability -> SpeedChange.of(0.5, 0.8).probability(probability));
    }

    @Test
    void itsDescriptionMakesAnEqualOne() {
        SpeedChange change = SpeedChange.of(0.9, 1.1).probability(0.5);
        assertThat(change.description()).isEqualTo(new ComponentDescription(
                "speed-change", Map.of("factor.min", 0.9, "factor.max", 1.1, "probability", 0.5)));
        Waveform speech = Sounds.random("s", 100, 0.4);
        assertThat(Chances.remade(change).augment(speech, Sounds.control("c"), Sounds.stream(4)).toArray())
                .isEqualTo(change.augment(speech, Sounds.control("c"), Sounds.stream(4)).toArray());
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> SpeedChange.of(0.2, 1))
                .hasMessage("factor.min must be between 0.25 and 4, but was 0.2");
        assertThatThrownBy(() -> SpeedChange.of(1, 5))
                .hasMessage("factor.max must be between 0.25 and 4, but was 5");
        assertThatThrownBy(() -> SpeedChange.of(1.1, 0.9)).hasMessage("factor.min: 1.1 is above factor.max, 0.9");
        assertThatThrownBy(() -> SpeedChange.of(1, 1).probability(Double.NaN))
                .hasMessage("probability must be between 0 and 1, but was NaN; the default is 1");
    }
}
