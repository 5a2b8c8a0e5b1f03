package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.random.RandomStreams;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NoiseInsertionTest {

    private static final Noises HOSPITAL = Sounds.noises("ward", 5, 3000);

    private static NoiseInsertion.Builder builder(Noises noises) {
        return NoiseInsertion.builder().noises(noises).perControl(1).perPatient(1).amplitude(0.1, 0.3);
    }

    private static float[] noiseAlone(NoiseInsertion insertion, int length, long seed) {
        return insertion.augment(Sounds.silence(length), Sounds.control("c"), Sounds.stream(seed)).toArray();
    }

    @Test
    void twoNoisesAreAddedAsComputedByHand() {
        Noises noises = Sounds.noises(Sounds.of(0.5, -0.8, 0.1, 0.2), Sounds.of(0.1, 0.2, 0.3, 0.4, -0.5));
        NoiseInsertion insertion = builder(noises).perControl(2).build();
        // The second noise from sample 2 on with 0.1 + 0.5 * 0.2 = 0.2, then the first from 0 on with 0.1.
        Sounds.Draws draws = Sounds.Draws.of(1, 2, 0.5, 0, 0, 0.0);
        Waveform out = insertion.augment(Sounds.of(0.01, 0.02, 0.03), Sounds.control("c"), draws);
        assertThat(out.toArray()).containsExactly(new float[] {
            (float) (0.01 + 0.3 * 0.2 / 0.5 + 0.5 * 0.1 / 0.8),
            (float) (0.02 + 0.4 * 0.2 / 0.5 - 0.8 * 0.1 / 0.8),
            (float) (0.03 - 0.5 * 0.2 / 0.5 + 0.1 * 0.1 / 0.8)
        }, within(1e-7f));
        assertThat(draws.used()).isTrue();
    }

    @Test
    void thePublishedScalingDividesByTheMaximum() {
        Noises noises = Sounds.noises(Sounds.of(0.5, -0.8, 0.1));
        NoiseInsertion published = builder(noises).scaling(NoiseScaling.ACL2021_MAXIMUM).build();
        Waveform out = published.augment(Sounds.silence(3), Sounds.control("c"), Sounds.Draws.of(0, 0, 0.0));
        assertThat(out.toArray()).containsExactly(new float[] {0.1f, (float) (-0.8 * 0.1 / 0.5), 0.02f}, within(1e-7f));
    }

    @Test
    void aStretchBelowZeroIsScaledByItsMagnitudeAndTurnedOverOnlyAsPublished() {
        Noises noises = Sounds.noises(Sounds.of(0.5, -0.2, -0.4));
        Sounds.Draws draws = Sounds.Draws.of(0, 1, 0.0);
        Waveform right = builder(noises).build().augment(Sounds.silence(2), Sounds.control("c"), draws);
        assertThat(right.toArray()).containsExactly(new float[] {-0.05f, -0.1f}, within(1e-7f));
        Waveform published = builder(noises).scaling(NoiseScaling.ACL2021_MAXIMUM).build()
                .augment(Sounds.silence(2), Sounds.control("c"), Sounds.Draws.of(0, 1, 0.0));
        assertThat(published.toArray()).containsExactly(new float[] {0.1f, 0.2f}, within(1e-7f));
    }

    @Property(tries = 200)
    void theNoisesPeakIsWithinTheAmplitudes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8000) int length) {
        assertThat(Levels.peak(noiseAlone(builder(HOSPITAL).build(), length, seed))).isBetween(0.1f - 1e-6f, 0.3f + 1e-6f);
    }

    @Test
    void thePeaksAreUniform() {
        NoiseInsertion insertion = builder(HOSPITAL).build();
        int[] bins = new int[4];
        DoubleSummaryStatistics peaks = new DoubleSummaryStatistics();
        for (int seed = 0; seed < 4000; seed++) {
            double peak = Levels.peak(noiseAlone(insertion, 50, seed));
            peaks.accept(peak);
            bins[(int) Math.min(3, Math.max(0, (peak - 0.1) / 0.05))]++;
        }
        assertThat(peaks.getAverage()).isEqualTo(0.2, within(0.004));
        // Expected 1000 each; five standard deviations of a binomial are 137.
        for (int count : bins) {
            assertThat(count).isBetween(863, 1137);
        }
    }

    @Test
    void theStretchIsOneOfTheNoises() {
        Noises noises = Sounds.noises("ward", 1, 1000);
        float[] noise = noises.get(0).waveform().toArray();
        boolean first = false;
        boolean last = false;
        for (int seed = 0; seed < 200; seed++) {
            float[] out = noiseAlone(builder(noises).build(), 990, seed);
            int found = -1;
            for (int start = 0; start <= 10 && found < 0; start++) {
                double gain = out[0] / noise[start];
                double worst = 0;
                for (int i = 0; i < out.length; i++) {
                    worst = Math.max(worst, Math.abs(out[i] - gain * noise[start + i]));
                }
                found = worst < 1e-5 ? start : -1;
            }
            assertThat(found).isBetween(0, 10);
            first |= found == 0;
            last |= found == 10;
        }
        assertThat(first).isTrue();
        assertThat(last).isTrue();
    }

    @Test
    void controlsAndPatientsHaveCountsOfTheirOwn() {
        Noises noises = Sounds.noises(Sounds.of(1, 1));
        NoiseInsertion insertion = NoiseInsertion.builder()
                .noises(noises).perControl(4).perPatient(3).amplitude(0.125, 0.125).build();
        Waveform speech = Sounds.of(0.25, 0.25);
        assertThat(insertion.augment(speech, Sounds.control("c"), Sounds.stream(1)).toArray()).containsExactly(0.75f, 0.75f);
        assertThat(insertion.augment(speech, Sounds.patient("p"), Sounds.stream(1)).toArray())
                .containsExactly(0.625f, 0.625f);
        assertThat(speech.toArray()).containsExactly(0.25f, 0.25f);
    }

    @Test
    void aShortNoiseIsLoopedFromARandomPlace() {
        Noises noises = Sounds.noises(Sounds.of(0.5, 0.25, -0.125));
        NoiseInsertion insertion = builder(noises).amplitude(0.5, 0.5).build();
        Waveform out = insertion.augment(Sounds.silence(7), Sounds.control("c"), Sounds.Draws.of(0, 1, 0.0));
        assertThat(out.toArray()).containsExactly(0.25f, -0.125f, 0.5f, 0.25f, -0.125f, 0.5f, 0.25f);
    }

    @Test
    void aShortNoiseIsSkippedIfToldSo() {
        Noises noises = Sounds.noises(Sounds.of(0.5, 0.25), Sounds.of(0.5, 0.5, 0.5));
        NoiseInsertion insertion = builder(noises).amplitude(0.5, 0.5).shortNoise(ShortNoise.SKIP).build();
        for (int seed = 0; seed < 20; seed++) {
            assertThat(noiseAlone(insertion, 3, seed)).containsExactly(0.5f, 0.5f, 0.5f);
        }
        assertThatThrownBy(() -> noiseAlone(insertion, 4, 1))
                .isInstanceOf(PreprocessingException.class)
                .hasMessage("recording c has 4 samples, but the longest of the noises 'hospital' has 3; add a longer"
                        + " noise, or set shortNoise to loop");
    }

    @Test
    void aSilentStretchIsDrawnAgain() {
        float[] mostlySilent = new float[10_000];
        mostlySilent[7000] = -0.5f;
        Noises noises = Sounds.noises(Waveform.of(mostlySilent, Sounds.RATE));
        for (int seed = 0; seed < 50; seed++) {
            float[] out = noiseAlone(builder(noises).build(), 10, seed);
            assertThat(Levels.peak(out)).isBetween(0.1f - 1e-6f, 0.3f + 1e-6f);
        }
    }

    @Test
    void whatCannotBeScaledAsPublishedIsRefused() {
        Noises noises = Sounds.noises(Sounds.of(-0.5, -0.25));
        builder(noises).build();
        assertThatThrownBy(() -> builder(noises).scaling(NoiseScaling.ACL2021_MAXIMUM).build())
                .isInstanceOf(PreprocessingException.class)
                .hasMessageContaining("have no sample above 0");
    }

    @Test
    void anotherSampleRateIsRefused() {
        assertThatThrownBy(() -> builder(HOSPITAL).build()
                        .augment(Waveform.of(new float[10], 16_000), Sounds.control("c7"), Sounds.stream(1)))
                .hasMessage("recording c7 has 16000 Hz, but the noises 'ward' have 1000 Hz; read both with one reader");
    }

    @Test
    void whatIsMissingIsNamedAtOnce() {
        assertThatThrownBy(() -> NoiseInsertion.builder().perControl(1).build())
                .hasMessage("NoiseInsertion needs noises, a number for patients and an amplitude; call noises(…), perPatient(…) and amplitude(…)");
    }

    @Test
    void valuesOutOfRangeAreRefusedWithTheirPath() {
        assertThatThrownBy(() -> builder(HOSPITAL).amplitude(0.3, 0.2))
                .hasMessage("amplitude.min: 0.3 is above amplitude.max, 0.2");
        assertThatThrownBy(() -> builder(HOSPITAL).amplitude(Double.NaN, 0.2)).hasMessage("amplitude.min must be between 0 and 1, but was NaN");
        assertThatThrownBy(() -> builder(HOSPITAL).perControl(-1))
                .hasMessage("perControl must be between 0 and 1000, but was -1");
        Map<String, Object> settings = new LinkedHashMap<>(builder(HOSPITAL).build().description().settings());
        settings.put("amplitude.max", 3);
        assertThatThrownBy(() -> create(HOSPITAL, settings))
                .isInstanceOf(ComponentException.class)
                .hasMessage("preprocessing.augment[1].amplitude.max must be between 0 and 1, but was 3");
    }

    private static Augmentation create(Noises noises, Map<String, Object> settings) {
        return Components.discover()
                .bind(Noises.class, noises.name(), noises)
                .create(Augmentation.class, "preprocessing.augment[1]", new ComponentDescription("noise-insertion", settings));
    }

    @Test
    void itsDescriptionMakesAnEqualOneOfTheSameNoises() {
        NoiseInsertion insertion = builder(HOSPITAL).perPatient(0).shortNoise(ShortNoise.SKIP).build();
        Augmentation again = create(HOSPITAL, insertion.description().settings());
        assertThat(again.description()).isEqualTo(insertion.description());
        assertThat(again.augment(Sounds.silence(100), Sounds.control("c"), Sounds.stream(3)).toArray())
                .isEqualTo(noiseAlone(insertion, 100, 3));
        Noises others = Noises.of("ward", Sounds.noises("other", 2, 100).noises());
        assertThatThrownBy(() -> create(others, insertion.description().settings()))
                .hasMessageContaining("noisesSha256").hasMessageContaining("is not that of the noises 'ward'");
    }

    @Test
    void defaultsNeedNotBeGiven() {
        Augmentation again = create(HOSPITAL, Map.of(
                "noises", "ward", "perControl", 1, "perPatient", 1, "amplitude", Map.of("min", 0.1, "max", 0.3)));
        assertThat(again.description()).isEqualTo(builder(HOSPITAL).build().description());
    }

    @Test
    void aStretchThatIsMostlyZerosIsDrawnAgain() {
        float[] samples = new float[60 * 1000];
        for (int i = 0; i < 10_000; i++) {
            samples[i] = i % 2 == 0 ? 0.3f : -0.2f;
        }
        Waveform noise = Waveform.of(samples, 1000);
        RandomStreams random = new RandomStreams(1);
        for (int draw = 0; draw < 50; draw++) {
            float[] stretch = Stretches.draw(noise, 2000, NoiseScaling.PEAK, random.stream("noise", draw, "a"));
            int zeros = 0;
            for (float sample : stretch) {
                zeros += sample == 0 ? 1 : 0;
            }
            assertThat(zeros).as("draw " + draw).isLessThanOrEqualTo(1000);
        }
    }
}
