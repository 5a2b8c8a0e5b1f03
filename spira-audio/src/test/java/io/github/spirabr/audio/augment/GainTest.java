package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.Augmentation;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GainTest {

    @Test
    void decibelsAreThoseOfAmplitudes() {
        // 10^(6/20) = 1.9952623 and 10^(-20/20) = 0.1, from tables.
        Waveform out = Gain.of(6, 6).augment(Sounds.of(0.5, -0.25), Sounds.control("c"), Sounds.stream(1));
        assertThat(out.toArray()).containsExactly(new float[] {0.99763115f, -0.49881558f}, within(1e-6f));
        Waveform softer = Gain.of(-20, -20).augment(Sounds.of(0.5, -0.25), Sounds.control("c"), Sounds.stream(1));
        assertThat(softer.toArray()).containsExactly(new float[] {0.05f, -0.025f}, within(1e-7f));
    }

    @Test
    void whatIsTooLoudIsNotClipped() {
        Waveform out = Gain.of(20, 20).augment(Sounds.of(0.5), Sounds.control("c"), Sounds.stream(1));
        assertThat(out.sample(0)).isEqualTo(5f, within(1e-5f));
    }

    @Test
    void decibelsAreUniform() {
        Gain gain = Gain.of(-12, 6);
        int[] bins = new int[3];
        DoubleSummaryStatistics decibels = new DoubleSummaryStatistics();
        for (int seed = 0; seed < 3000; seed++) {
            float out = gain.augment(Sounds.of(1), Sounds.control("c"), Sounds.stream(seed)).sample(0);
            double drawn = 20 * Math.log10(out);
            decibels.accept(drawn);
            bins[(int) Math.min(2, Math.max(0, (drawn + 12) / 6))]++;
        }
        // Expected 1000 each; five standard deviations of a binomial are 129.
        for (int count : bins) {
            assertThat(count).isBetween(871, 1129);
        }
        assertThat(decibels.getMin()).isGreaterThan(-12.0001).isLessThan(-11.9);
        assertThat(decibels.getMax()).isLessThan(6.0001).isGreaterThan(5.9);
    }

    @Test
    void itComesAsOftenAsItsProbabilitySays() {
        Chances.areKept(Sounds.of(0.1, 0.2), probability -> Gain.of(3, 9).probability(probability));
    }

    @Test
    void itsDescriptionMakesAnEqualOne() {
        Gain gain = Gain.of(-3, 4.5).probability(0.75);
        assertThat(gain.description()).isEqualTo(new ComponentDescription(
                "gain", Map.of("decibels.min", -3.0, "decibels.max", 4.5, "probability", 0.75)));
        Waveform speech = Sounds.random("s", 100, 0.4);
        assertThat(Chances.remade(gain).augment(speech, Sounds.control("c"), Sounds.stream(4)).toArray())
                .isEqualTo(gain.augment(speech, Sounds.control("c"), Sounds.stream(4)).toArray());
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Gain.of(-121, 0))
                .hasMessage("decibels.min must be between -120 and 120 dB, but was -121 dB");
        assertThatThrownBy(() -> Gain.of(0, 120.5))
                .hasMessage("decibels.max must be between -120 and 120 dB, but was 120.5 dB");
        assertThatThrownBy(() -> Gain.of(3, 2)).hasMessage("decibels.min: 3 is above decibels.max, 2");
        assertThatThrownBy(() -> Gain.of(Double.NaN, 2))
                .hasMessage("decibels.min must be between -120 and 120 dB, but was NaN dB");
        assertThatThrownBy(() -> Gain.of(0, 1).probability(1.5))
                .hasMessage("probability must be between 0 and 1, but was 1.5; the default is 1");
        assertThatThrownBy(() -> Components.discover().create(Augmentation.class, "preprocessing.augment[2]",
                        new ComponentDescription("gain", Map.of("decibels.min", -130, "decibels.max", 0))))
                .isInstanceOf(ComponentException.class)
                .hasMessage("preprocessing.augment[2].decibels.min must be between -120 and 120 dB, but was -130 dB");
    }
}
