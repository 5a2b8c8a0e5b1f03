package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.training.engine.OutputLoss;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Losses against their formulas, in double precision. */
class LossTest {

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    @Property
    void plainIsTheFormula(
            @ForAll @DoubleRange(min = -15, max = 15) double z, @ForAll @DoubleRange(min = 0, max = 1) double y) {
        double p = sigmoid(z);
        assertThat(OutputLoss.PLAIN.value(z, y))
                .isCloseTo(-(y * Math.log(p) + (1 - y) * Math.log(1 - p)), within(1e-8));
    }

    @Property
    void clippedIsTheFormula(
            @ForAll @DoubleRange(min = -60, max = 60) double z,
            @ForAll @DoubleRange(min = 0, max = 1) double y,
            @ForAll @DoubleRange(min = 1e-6, max = 0.4) @Scale(6) double c) {
        double q = Math.min(1 - c, Math.max(c, sigmoid(z)));
        assertThat(new OutputLoss(c).value(z, y))
                .isCloseTo(-(y * Math.log(q) + (1 - y) * Math.log(1 - q)), within(1e-8));
    }

    @Property
    void slopesAreDifferencesOfTheValues(
            @ForAll @DoubleRange(min = -30, max = 30) double z,
            @ForAll @DoubleRange(min = 0, max = 1) double y,
            @ForAll @DoubleRange(min = 1e-6, max = 0.4) @Scale(6) double c) {
        double h = 1e-5;
        for (OutputLoss loss : List.of(OutputLoss.PLAIN, new OutputLoss(c))) {
            // The clipped loss has an edge, where there is no derivative.
            if (Math.abs(Math.abs(z) - Math.log((1 - c) / c)) > 2 * h) {
                double difference = (loss.value(z + h, y) - loss.value(z - h, y)) / (2 * h);
                assertThat(loss.slope(z, y)).isCloseTo(difference, within(1e-8));
            }
        }
    }

    @Test
    void saturationCostsWhatItShould() {
        assertThat(OutputLoss.PLAIN.value(1000, 0)).isEqualTo(1000);
        assertThat(OutputLoss.PLAIN.value(-1000, 1)).isEqualTo(1000);
        assertThat(OutputLoss.PLAIN.slope(1000, 0)).isEqualTo(1);
        assertThat(new OutputLoss(1e-7).value(1000, 0)).isCloseTo(-Math.log(1e-7), within(1e-6));
        assertThat(new OutputLoss(1e-7).slope(1000, 0)).isZero();
        assertThat(OutputLoss.PLAIN.value(Double.NaN, 1)).isNaN();
    }

    @Property
    void sharesAddUpToOne(@ForAll @Size(min = 1, max = 40) List<@FloatRange(min = 0, max = 1) Float> values) {
        float[] targets = new float[values.size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = values.get(i);
        }
        for (Loss loss : List.of(Loss.binaryCrossEntropy(), Loss.binaryCrossEntropy().balanced())) {
            double sum = 0;
            for (float share : loss.shares(targets)) {
                assertThat(share).isGreaterThanOrEqualTo(0);
                sum += share;
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void balancedIsTheMeanOfTheClassesMeans() {
        assertThat(Loss.binaryCrossEntropy().shares(new float[] {1, 0, 0, 0}))
                .containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
        assertThat(Loss.binaryCrossEntropy().balanced().shares(new float[] {1, 0, 0, 0}))
                .containsExactly(new float[] {0.5f, 1f / 6, 1f / 6, 1f / 6}, within(1e-7f));
        assertThat(Loss.binaryCrossEntropy().balanced().shares(new float[] {0, 0})).containsExactly(0.5f, 0.5f);
        // A mixture of a quarter patient and three quarters control.
        assertThat(Loss.binaryCrossEntropy().balanced().shares(new float[] {0.25f, 1}))
                .containsExactly(new float[] {0.25f / 2.5f + 0.5f, 1 / 2.5f}, within(1e-6f));
    }

    @Test
    void aClippingThatLeavesNothingIsRefused() {
        assertThatThrownBy(() -> Loss.clippedBinaryCrossEntropy(0.5))
                .hasMessage("clipping: must be above 0 and below 0.5, but was 0.5");
        assertThatThrownBy(() -> Loss.clippedBinaryCrossEntropy(0)).hasMessage("clipping: must be above 0 and below 0.5, but was 0.0");
    }
}
