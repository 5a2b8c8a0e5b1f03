package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.Augmentation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class SnrNoiseTest {

    private static final Noises NOISE = Sounds.noises("noise", 2, 500);
    private static final Noises SPEECH = Sounds.noises("speech", 8, 500);
    private static final Noises MUSIC = Sounds.noises("music", 2, 500);

    private static SnrNoise one(Noises noises, double snr) {
        return SnrNoise.builder().category("noise", noises, snr, snr, 1, 1).none(0).build();
    }

    @Test
    void twoNoisesAreAddedAsComputedByHand() {
        SnrNoise snr = SnrNoise.builder()
                .category("noise", Sounds.noises(Sounds.of(0.1, -0.3), Sounds.of(0.2, 0.2)), 0, 20, 1, 2)
                .none(0.25)
                .build();
        // Something, of the only category, two noises: the second at 10 dB, then the first at 0 dB.
        Sounds.Draws draws = Sounds.Draws.of(0.25, 0, 1, 1, 0.5, 0, 0, 0.0, 0);
        float[] out = snr.augment(Sounds.of(0.6, -0.8), Sounds.patient("p"), draws).toArray();
        // Mean squares: recording 0.5, second noise 0.04, first noise 0.05.
        double second = Math.sqrt(0.5 / 0.04 / 10);
        double first = Math.sqrt(0.5 / 0.05);
        assertThat(out).containsExactly(
                new float[] {(float) (0.6 + 0.2 * second + 0.1 * first), (float) (-0.8 + 0.2 * second - 0.3 * first)},
                within(1e-6f));
        assertThat(draws.used()).isTrue();
    }

    @Property(tries = 150)
    void theRatioIsTheOneThatWasAskedFor(@ForAll long seed, @ForAll @DoubleRange(min = -20, max = 40) double decibels) {
        Waveform speech = Sounds.random("s", 900, 0.4);
        float[] out = one(NOISE, decibels).augment(speech, Sounds.control("c"), Sounds.stream(seed)).toArray();
        double noise = 0;
        double signal = 0;
        for (int i = 0; i < out.length; i++) {
            noise += Math.pow(out[i] - speech.sample(i), 2);
            signal += Math.pow(speech.sample(i), 2);
        }
        assertThat(10 * Math.log10(signal / noise)).isEqualTo(decibels, within(0.01));
    }

    @Test
    void thePublishedFloorIsTheRecipes() {
        Noises noises = Sounds.noises(Sounds.of(0.2, -0.2));
        SnrNoise published =
                SnrNoise.builder().category("noise", noises, 5, 5, 1, 1).none(0).powerFloor(1e-4).build();
        float[] out = published.augment(Sounds.of(0.01, 0.01), Sounds.control("c"), Sounds.Draws.of(0.0, 0, 0, 0, 0.0, 0))
                .toArray();
        double clean = 10 * Math.log10(0.01 * 0.01 + 1e-4);
        double noise = 10 * Math.log10(0.2 * 0.2 + 1e-4);
        double gain = Math.sqrt(Math.pow(10, (clean - noise - 5) / 10));
        assertThat(out).containsExactly(new float[] {(float) (0.01 + 0.2 * gain), (float) (0.01 - 0.2 * gain)}, within(1e-7f));
    }

    @Test
    void thePublishedCategoriesAndNothingAreEquallyLikely() {
        SnrNoise published = SnrNoise.compare2021(NOISE, SPEECH, MUSIC);
        assertThat(published.description().settings())
                .containsEntry("none", 0.25)
                .containsEntry("categories.noise.snr.min", 0.0)
                .containsEntry("categories.noise.snr.max", 15.0)
                .containsEntry("categories.noise.count.max", 1)
                .containsEntry("categories.speech.snr.min", 13.0)
                .containsEntry("categories.speech.snr.max", 20.0)
                .containsEntry("categories.speech.count.min", 3)
                .containsEntry("categories.speech.count.max", 7)
                .containsEntry("categories.music.snr.min", 5.0)
                .containsEntry("categories.music.snr.max", 15.0)
                .containsEntry("categories.music.count.max", 1)
                .containsEntry("powerFloor", 1e-4);
        Waveform speech = Sounds.random("s", 40, 0.4);
        int unchanged = 0;
        for (int seed = 0; seed < 4000; seed++) {
            float[] out = published.augment(speech, Sounds.control("c"), Sounds.stream(seed)).toArray();
            unchanged += Arrays.equals(out, speech.toArray()) ? 1 : 0;
        }
        assertThat(unchanged).isBetween(863, 1137);
    }

    /** Half of the recordings are drawn to stay as they are, and silence has no ratio to a noise. */
    @Test
    void aRecordingThatStaysAsItIsIsReturnedItself() {
        SnrNoise half = SnrNoise.builder().category("noise", NOISE, 5, 5, 1, 1).none(0.5).build();
        Waveform speech = Sounds.random("s", 40, 0.4);
        Waveform silence = Waveform.of(new float[40], speech.sampleRate());
        int same = 0;
        for (int seed = 0; seed < 400; seed++) {
            same += half.augment(speech, Sounds.control("c"), Sounds.stream(seed)) == speech ? 1 : 0;
            assertThat(half.augment(silence, Sounds.control("c"), Sounds.stream(seed))).isSameAs(silence);
        }
        assertThat(same).isBetween(150, 250);
    }

    @Test
    void noNoiseIsAddedTwice() {
        Noises constants = Sounds.noises(Sounds.of(1, 0, 0), Sounds.of(0, 1, 0), Sounds.of(0, 0, 1));
        SnrNoise all = SnrNoise.builder().category("n", constants, 0, 0, 3, 3).none(0).build();
        Set<Float> values = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            for (float value : all.augment(Sounds.of(1, 1, 1), Sounds.control("c"), Sounds.stream(seed)).toArray()) {
                values.add(value);
            }
        }
        assertThat(values).hasSize(1);
    }

    @Test
    void aSilentRecordingStaysSilent() {
        assertThat(one(NOISE, 5).augment(Sounds.silence(20), Sounds.control("c"), Sounds.stream(1)).toArray())
                .containsOnly(0f);
    }

    @Test
    void itsDescriptionMakesAnEqualOne() {
        SnrNoise published = SnrNoise.compare2021(NOISE, SPEECH, MUSIC);
        Augmentation again = Components.discover()
                .bind(Noises.class, "noise", NOISE)
                .bind(Noises.class, "speech", SPEECH)
                .bind(Noises.class, "music", MUSIC)
                .create(Augmentation.class, "preprocessing.augment[0]", published.description());
        assertThat(again.description()).isEqualTo(published.description());
        Waveform speech = Sounds.random("s", 700, 0.4);
        assertThat(again.augment(speech, Sounds.control("c"), Sounds.stream(9)).toArray())
                .isEqualTo(published.augment(speech, Sounds.control("c"), Sounds.stream(9)).toArray());
        assertThat(published.material()).hasSize(12);
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> SnrNoise.compare2021(NOISE, MUSIC, MUSIC))
                .hasMessage("categories.speech.count.max: 7 is more than the 2 noises 'music';"
                        + " give more noises or lower it");
        assertThatThrownBy(() -> SnrNoise.builder().category("n", NOISE, 0, 300, 1, 1))
                .hasMessage("categories.n.snr.max must be between -200 and 200 dB, but was 300 dB");
        assertThatThrownBy(() -> SnrNoise.builder().category("n", NOISE, 0, 3, 0, 1)).hasMessage("categories.n.count.min must be at least 1, but was 0");
        assertThatThrownBy(() -> SnrNoise.builder().category("A b", NOISE, 0, 3, 1, 1)).hasMessageContaining("'A b'");
        assertThatThrownBy(() -> SnrNoise.builder().build()).hasMessageContaining("at least one category");
        assertThatThrownBy(() -> SnrNoise.builder().none(1.5)).hasMessage("none must be between 0 and 1, but was 1.5");
    }
}
