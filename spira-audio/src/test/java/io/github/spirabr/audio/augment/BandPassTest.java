package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class BandPassTest {

    private static final int RATE = 16_000;

    private static Waveform sine(double frequency) {
        float[] samples = new float[RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * frequency * i / RATE));
        }
        return Waveform.of(samples, RATE);
    }

    /** What becomes of a sine once the filter has settled, in decibels. */
    private static double measured(BandPass filter, double frequency) {
        Waveform in = sine(frequency);
        Waveform out = filter.augment(in, Sounds.control("c"), Sounds.stream(1));
        double before = 0;
        double after = 0;
        for (int i = RATE / 2; i < RATE; i++) {
            before += Math.pow(in.sample(i), 2);
            after += Math.pow(out.sample(i), 2);
        }
        return 10 * Math.log10(after / before);
    }

    /** |H|^2 = 1 / (1 + Q^2 (W - 1/W)^2) of a resonant circuit, its frequency axis bent as the bilinear transform does. */
    private static double expected(double centre, double quality, double frequency) {
        double ratio = Math.tan(Math.PI * frequency / RATE) / Math.tan(Math.PI * centre / RATE);
        return -10 * Math.log10(1 + Math.pow(quality * (ratio - 1 / ratio), 2));
    }

    @Test
    void sinesComeThroughAsThroughAResonantCircuit() {
        BandPass filter = BandPass.of(1000, 1000).quality(2, 2);
        for (double frequency : new double[] {60, 250, 500, 800, 1000, 1250, 2000, 4000, 7000}) {
            assertThat(measured(filter, frequency)).as("%s Hz", frequency)
                    .isEqualTo(expected(1000, 2, frequency), within(0.02));
        }
    }

    @Test
    void theCentreComesThroughUnchanged() {
        assertThat(measured(BandPass.of(440, 440), 440)).isEqualTo(0, within(0.001));
        assertThat(measured(BandPass.of(3000, 3000).quality(10, 10), 3000)).isEqualTo(0, within(0.01));
    }

    @Test
    void theBandIsCentreOverQualityWideFarBelowHalfTheSampleRate() {
        BandPass filter = BandPass.of(200, 200).quality(2, 2);
        // Edges of a resonance of 200 Hz that is 100 Hz wide: their product is 200^2, their difference 100.
        double lower = -50 + Math.sqrt(50 * 50 + 200 * 200);
        assertThat(measured(filter, lower)).isEqualTo(-3.0103, within(0.03));
        assertThat(measured(filter, lower + 100)).isEqualTo(-3.0103, within(0.03));
    }

    @Property(tries = 30)
    void everyCentreAndQualityIsAsExpected(
            @ForAll @DoubleRange(min = 100, max = 7000) double centre,
            @ForAll @DoubleRange(min = 0.1, max = 8) double quality,
            @ForAll @DoubleRange(min = 50, max = 7500) double frequency) {
        assertThat(measured(BandPass.of(centre, centre).quality(quality, quality), frequency))
                .isEqualTo(expected(centre, quality, frequency), within(0.15));
    }

    @Test
    void theCentresLogarithmIsUniform() {
        // An impulse's second sample over its first is that of a resonance: -a1 = 2 cos(w) / (1 + sin(w) / 2Q).
        BandPass filter = BandPass.of(100, 1600).quality(100, 100);
        Waveform impulse = Waveform.of(new float[] {1, 0}, RATE);
        int[] bins = new int[4];
        for (int seed = 0; seed < 2000; seed++) {
            Waveform out = filter.augment(impulse, Sounds.control("c"), Sounds.stream(seed));
            double ratio = (double) out.sample(1) / out.sample(0);
            for (int octave = 0; octave < 4; octave++) {
                bins[octave] += ratio <= second(100 << octave) && ratio > second(200 << octave) ? 1 : 0;
            }
        }
        // Expected 500 each; five standard deviations of a binomial are 97.
        for (int count : bins) {
            assertThat(count).isBetween(403, 597);
        }
    }

    private static double second(double frequency) {
        double omega = 2 * Math.PI * frequency / RATE;
        return 2 * Math.cos(omega) / (1 + Math.sin(omega) / 200);
    }

    @Test
    void itComesAsOftenAsItsProbabilitySays() {
        Chances.areKept(Sounds.of(0.1, 0.2), probability -> BandPass.of(100, 300).probability(probability));
    }

    @Test
    void itsDescriptionMakesAnEqualOne() {
        BandPass filter = BandPass.of(100, 300).quality(0.5, 3).probability(0.25);
        assertThat(filter.description()).isEqualTo(new ComponentDescription("band-pass", Map.of(
                "centre.min", 100.0, "centre.max", 300.0, "quality.min", 0.5, "quality.max", 3.0, "probability", 0.25)));
        Waveform speech = Sounds.random("s", 100, 0.4);
        assertThat(Chances.remade(filter).augment(speech, Sounds.control("c"), Sounds.stream(4)).toArray())
                .isEqualTo(filter.augment(speech, Sounds.control("c"), Sounds.stream(4)).toArray());
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> BandPass.of(0.5, 100))
                .hasMessage("centre.min must be between 1 and 1000000 Hz, but was 0.5 Hz");
        assertThatThrownBy(() -> BandPass.of(200, 100)).hasMessage("centre.min: 200 is above centre.max, 100");
        assertThatThrownBy(() -> BandPass.of(100, 200).quality(0, 1))
                .hasMessage("quality.min must be between 0.01 and 100, but was 0; the default is 0.7071067811865476");
        assertThatThrownBy(() -> BandPass.of(100, 500).augment(Sounds.of(0.1), Sounds.control("c7"), Sounds.stream(1)))
                .isInstanceOf(PreprocessingException.class)
                .hasMessage("recording c7 has 1000 Hz, so that a band's centre must be below 500.0 Hz,"
                        + " but centre.max is 500.0 Hz");
        assertThatThrownBy(() -> BandPass.of(100, 500).probability(0)
                        .augment(Sounds.of(0.1), Sounds.control("c7"), Sounds.stream(1)))
                .as("a setting that cannot work is refused whatever is drawn")
                .isInstanceOf(PreprocessingException.class);
    }
}
