package io.github.spirabr.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OperatingPointTest {

    private static Evaluation answers(int n, long seed, double sharpness) {
        RandomGenerator random = new RandomStreams(seed).stream("answers");
        List<RecordingScore> scores = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Label label = Label.values()[i % 2];
            double logit = sharpness * (random.nextGaussian() + (label == Label.PATIENT ? 0.5 : -0.5));
            double probability = Math.round(1000 / (1 + Math.exp(-logit))) / 1000.0;
            scores.add(new RecordingScore("r" + i, "s" + i, label, probability, List.of(probability)));
        }
        return Evaluation.of(scores, 0.5);
    }

    private static double youden(Evaluation evaluation) {
        return evaluation.value(Metric.SENSITIVITY) + evaluation.value(Metric.SPECIFICITY) - 1;
    }

    @Property(tries = 100)
    void noThresholdIsBetterByYouden(@ForAll @IntRange(min = 2, max = 60) int n, @ForAll long seed) {
        Evaluation validation = answers(n, seed, 1);
        double best = youden(validation.at(OperatingPoint.youden().threshold(validation)));
        for (int i = 0; i <= 1000; i++) {
            assertThat(youden(validation.at(i / 1000.0 + 0.0005))).isLessThanOrEqualTo(best + 1e-12);
        }
    }

    @Property(tries = 100)
    void theWishedSensitivityIsReachedAndNoThresholdReachesItWithMoreSpecificity(
            @ForAll @IntRange(min = 2, max = 60) int n,
            @ForAll @DoubleRange(min = 0.05, max = 0.95) double wished,
            @ForAll long seed) {
        Evaluation validation = answers(n, seed, 1);
        Evaluation chosen = validation.at(OperatingPoint.sensitivityOf(wished).threshold(validation));
        assertThat(chosen.value(Metric.SENSITIVITY)).isGreaterThanOrEqualTo(wished);
        for (int i = 0; i <= 1000; i++) {
            Evaluation other = validation.at(i / 1000.0 + 0.0005);
            if (other.value(Metric.SENSITIVITY) >= wished) {
                assertThat(other.value(Metric.SPECIFICITY)).isLessThanOrEqualTo(chosen.value(Metric.SPECIFICITY));
            }
        }
    }

    private static Evaluation of(double... patientsThenControls) {
        List<RecordingScore> scores = new ArrayList<>();
        for (int i = 0; i < patientsThenControls.length; i++) {
            Label label = i < patientsThenControls.length / 2 ? Label.PATIENT : Label.CONTROL;
            scores.add(new RecordingScore("r" + i, "s" + i, label, patientsThenControls[i], List.of()));
        }
        return Evaluation.of(scores, 0.5);
    }

    @Test
    void thresholdsLieHalfWayBetweenAnswers() {
        assertThat(OperatingPoint.youden().threshold(of(0.9, 0.8, 0.6, 0.1))).isCloseTo(0.7, within(1e-12));
        assertThat(OperatingPoint.sensitivityOf(0.5).threshold(of(0.9, 0.3, 0.6, 0.1))).isCloseTo(0.75, within(1e-12));
        assertThat(OperatingPoint.fixed(0.3).threshold(of(0.9, 0.1))).isEqualTo(0.3);
    }

    @Test
    void whereHalfIsAsGoodAsAnyHalfIsTaken() {
        assertThat(OperatingPoint.youden().threshold(of(0.9, 0.2))).isCloseTo(0.55, within(0.051));
    }

    @Test
    void oneClassIsRefused() {
        Evaluation controls = Evaluation.of(of(0.9, 0.8, 0.6, 0.1).scores().subList(2, 4), 0.5);
        assertThatThrownBy(() -> OperatingPoint.youden().threshold(controls))
                .hasMessage("the answers that choose a threshold must include the class PATIENT");
        assertThatThrownBy(() -> OperatingPoint.sensitivityOf(1)).hasMessage("the sensitivity must be in (0, 1), but was 1.0");
    }

    @Test
    void temperatureScalingFindsHowMuchTooSureAModelIs() {
        // The log odds of the simulation are just the shift of means times the score: logit = x, at sharpness 1.
        assertThat(TemperatureScaling.fit(answers(20_000, 1, 1)).temperature()).isCloseTo(1, within(0.05));
        assertThat(TemperatureScaling.fit(answers(20_000, 1, 3)).temperature()).isCloseTo(3, within(0.15));
    }

    @Property(tries = 50)
    void noTemperatureNearbyHasALowerLogLoss(@ForAll @IntRange(min = 4, max = 60) int n, @ForAll long seed) {
        Evaluation validation = answers(n, seed, 2);
        TemperatureScaling best = TemperatureScaling.fit(validation);
        double least = scaled(validation, best).logLoss();
        assertThat(least).isLessThanOrEqualTo(validation.logLoss() + 1e-9);
        for (double factor : new double[] {0.9, 1.1}) {
            double other = best.temperature() * factor;
            if (other > 0.05 && other < 20) {
                assertThat(scaled(validation, new TemperatureScaling(other)).logLoss()).isGreaterThanOrEqualTo(least - 1e-9);
            }
        }
    }

    private static Evaluation scaled(Evaluation evaluation, TemperatureScaling scaling) {
        return Evaluation.of(evaluation.scores().stream()
                .map(one -> new RecordingScore(one.recording(), one.subject(), one.label(),
                        scaling.apply(one.probability()), one.windows()))
                .toList(), evaluation.threshold());
    }

    @Test
    void temperatureScalingKeepsTheOrderAndTheMiddle() {
        TemperatureScaling scaling = new TemperatureScaling(2.5);
        assertThat(scaling.apply(0.5)).isEqualTo(0.5);
        assertThat(scaling.apply(0.9)).isBetween(0.5, 0.9);
        assertThat(scaling.apply(1)).isLessThan(1);
        assertThat(TemperatureScaling.NONE.apply(0.123)).isEqualTo(0.123);
        assertThatThrownBy(() -> new TemperatureScaling(0)).hasMessage("the temperature must be above 0, but was 0.0");
    }
}
