package io.github.spirabr.core.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.BatchAugmentation.LabelledWindow;
import io.github.spirabr.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MixupTest {

    private static LabelledWindow window(double value, double target) {
        return new LabelledWindow(FeatureMatrix.of(1, 2, new float[] {(float) value, (float) (2 * value)}), target);
    }

    private static RandomGenerator stream(long seed) {
        return new RandomStreams(seed).stream("test");
    }

    /** Pairs of a patient's ones and a control's zeros, so that each mixture's target is its weight. */
    private static double[] weights(Mixup mixup, int count) {
        List<LabelledWindow> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(window(1, 1));
            batch.add(window(0, 0));
        }
        return mixup.augment(batch, stream(11)).stream().mapToDouble(LabelledWindow::target).toArray();
    }

    /** Five standard errors either way, of the mean and, by the normal approximation, of the variance. */
    private static void assertMoments(double alpha, double beta) {
        int count = 20_000;
        double[] weights = weights(Mixup.of(alpha, beta), count);
        double mean = 0;
        for (double weight : weights) {
            mean += weight / count;
        }
        double variance = 0;
        double fourth = 0;
        for (double weight : weights) {
            variance += Math.pow(weight - mean, 2) / count;
            fourth += Math.pow(weight - mean, 4) / count;
        }
        double sum = alpha + beta;
        double expected = alpha * beta / (sum * sum * (sum + 1));
        assertThat(mean).isEqualTo(alpha / sum, within(5 * Math.sqrt(expected / count)));
        assertThat(variance).isEqualTo(expected, within(5 * Math.sqrt((fourth - variance * variance) / count)));
    }

    @Test
    void weightsHaveTheMomentsOfTheirBetaDistribution() {
        assertMoments(0.1, 0.1);
        assertMoments(1, 1);
        assertMoments(0.4, 2);
        assertMoments(5, 3);
        assertMoments(1000, 1000);
    }

    @Property(tries = 200)
    void featuresAndTargetsAreMixedByOneWeight(
            @ForAll long seed,
            @ForAll @DoubleRange(min = -100, max = 100) double first,
            @ForAll @DoubleRange(min = -100, max = 100) double second) {
        LabelledWindow mixture =
                Mixup.of(1).augment(List.of(window(first, 1), window(second, 0)), stream(seed)).get(0);
        double weight = mixture.target();
        float one = (float) first;
        float other = (float) second;
        assertThat(mixture.features().value(0, 0)).isEqualTo((float) (weight * one + (1 - weight) * other));
        assertThat(mixture.features().value(0, 1))
                .isEqualTo((float) (weight * (float) (2 * first) + (1 - weight) * (float) (2 * second)));
    }

    @Test
    void targetsThatAreMixturesAreMixedOn() {
        List<LabelledWindow> batch = List.of(window(1, 0.75), window(0, 0.25));
        LabelledWindow mixture = Mixup.of(1).augment(batch, stream(3)).get(0);
        double weight = mixture.features().value(0, 0);
        assertThat(mixture.target()).isEqualTo(0.25 + 0.5 * weight, within(1e-7));
    }

    @Property(tries = 50)
    void pairsAreNeighboursAndTheLastOfAnOddNumberStays(@ForAll @IntRange(min = 1, max = 9) int size) {
        List<LabelledWindow> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            batch.add(window(10 * i, i % 2));
        }
        List<LabelledWindow> mixed = Mixup.of(0.5).augment(batch, stream(size));
        assertThat(mixed).hasSize((size + 1) / 2);
        for (int i = 0; i < size / 2; i++) {
            assertThat(mixed.get(i).features().value(0, 0)).isBetween(20f * i, 20f * i + 10);
        }
        if (size % 2 == 1) {
            assertThat(mixed.get(size / 2)).isEqualTo(batch.get(size - 1));
        }
    }

    @Test
    void eachPairHasItsOwnWeight() {
        assertThat(weights(Mixup.of(1), 50)).doesNotHaveDuplicates();
    }

    @Test
    void itsDescriptionMakesAnEqualOne() {
        Mixup mixup = Mixup.of(0.3, 2);
        assertThat(mixup.description()).isEqualTo(new ComponentDescription("mixup", Map.of("alpha", 0.3, "beta", 2.0)));
        Components components = Components.discover();
        BatchAugmentation again = components.create(BatchAugmentation.class, "mix", mixup.description());
        assertThat(again.description()).isEqualTo(mixup.description());
        List<LabelledWindow> batch = List.of(window(1, 1), window(2, 0), window(3, 1));
        assertThat(again.augment(batch, stream(1))).isEqualTo(mixup.augment(batch, stream(1)));
        assertThat(components.create(BatchAugmentation.class, "mix",
                        new ComponentDescription("mixup", Map.of("alpha", 0.4))).description())
                .isEqualTo(Mixup.of(0.4).description());
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Mixup.of(0)).hasMessage("alpha must be above 0 and at most 1000, but was 0");
        assertThatThrownBy(() -> Mixup.of(1, 1001)).hasMessage("beta must be above 0 and at most 1000, but was 1001");
        assertThatThrownBy(() -> Mixup.of(Double.NaN)).hasMessage("alpha must be above 0 and at most 1000, but was NaN");
        assertThatThrownBy(() -> Components.discover().create(BatchAugmentation.class, "trainer.augmentBatches[0]",
                        new ComponentDescription("mixup", Map.of("alpha", -1))))
                .isInstanceOf(ComponentException.class)
                .hasMessage("trainer.augmentBatches[0].alpha must be above 0 and at most 1000, but was -1");
        LabelledWindow other = new LabelledWindow(FeatureMatrix.of(2, 1, new float[2]), 0);
        assertThatThrownBy(() -> Mixup.of(1).augment(List.of(window(1, 1), other), stream(1)))
                .hasMessage("windows that are mixed must have one shape, but were FeatureMatrix[1 frames x 2 features] and"
                        + " FeatureMatrix[2 frames x 1 features]");
    }
}
