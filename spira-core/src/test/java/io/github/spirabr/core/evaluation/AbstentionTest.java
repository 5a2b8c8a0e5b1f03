package io.github.spirabr.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.model.Aggregation;
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

class AbstentionTest {

    private static Evaluation answers(int n, long seed) {
        RandomGenerator random = new RandomStreams(seed).stream("answers");
        List<RecordingScore> scores = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Label label = Label.values()[i % 2];
            double logit = 2 * random.nextGaussian() + (label == Label.PATIENT ? 1 : -1);
            double probability = Math.round(200 / (1 + Math.exp(-logit))) / 200.0;
            scores.add(new RecordingScore("r" + i, "s" + i, label, probability, List.of(probability)));
        }
        return Evaluation.of(scores, 0.5);
    }

    private static DecisionRule rule(Evaluation validation, OperatingPoint point, Abstention abstention) {
        return DecisionRule.choose(validation, Aggregation.mean(), false, point, abstention);
    }

    private static double coverage(DecisionRule rule, Evaluation answers) {
        return (double) rule.decided(answers).map(one -> one.scores().size()).orElse(0) / answers.scores().size();
    }

    @Property(tries = 200)
    void theWishedAccuracyIsReachedAndNoNarrowerBandReachesIt(
            @ForAll @IntRange(min = 2, max = 60) int n,
            @ForAll @DoubleRange(min = 0.05, max = 0.99) double wished,
            @ForAll @DoubleRange(min = 0.2, max = 0.8) double threshold,
            @ForAll long seed) {
        Evaluation validation = answers(n, seed).at(threshold);
        DecisionRule rule = rule(validation, OperatingPoint.fixed(threshold), Abstention.accuracyOf(wished));
        double accuracy = rule.decided(validation).orElseThrow().value(Metric.ACCURACY);
        double coverage = coverage(rule, validation);
        double centre = TemperatureScaling.logit(threshold);
        for (int i = 0; i < 400; i++) {
            double reach = i * 0.04;
            DecisionRule other = new DecisionRule(Aggregation.mean(), TemperatureScaling.NONE, threshold,
                    Math.min(threshold, TemperatureScaling.probability(centre - reach)),
                    Math.max(threshold, TemperatureScaling.probability(centre + reach)));
            other.decided(validation).ifPresent(decided -> {
                double its = decided.value(Metric.ACCURACY);
                if (coverage(other, validation) > coverage) {
                    assertThat(its).isLessThan(wished);
                }
                if (accuracy < wished) {
                    assertThat(its).isLessThanOrEqualTo(accuracy);
                }
            });
        }
    }

    @Property(tries = 200)
    void theWishedCoverageIsReachedByTheWidestBand(
            @ForAll @IntRange(min = 2, max = 60) int n,
            @ForAll @DoubleRange(min = 0.05, max = 0.99) double wished,
            @ForAll long seed) {
        Evaluation validation = answers(n, seed);
        DecisionRule rule = rule(validation, OperatingPoint.fixed(0.5), Abstention.coverageOf(wished));
        assertThat(coverage(rule, validation)).isGreaterThanOrEqualTo(wished);
        long levels = validation.scores().stream().map(RecordingScore::probability).distinct().count();
        // One level more on either side of the threshold would leave too few.
        if (levels == n) {
            assertThat(coverage(rule, validation) * n - 2).isLessThan(wished * n);
        }
    }

    /** Any band decides an answer of 0; it was taken to be less sure than one of 1 where the threshold is below a half. */
    @Test
    void answersOfZeroAndOneAreEquallySure() {
        List<RecordingScore> scores = new ArrayList<>();
        double[] probabilities = {1, 0, 0.98, 0.95};
        for (int i = 0; i < probabilities.length; i++) {
            scores.add(new RecordingScore("r" + i, "s" + i, Label.PATIENT, probabilities[i], List.of(probabilities[i])));
        }
        Evaluation validation = Evaluation.of(scores, 0.2);
        DecisionRule rule = rule(validation, OperatingPoint.fixed(0.2), Abstention.accuracyOf(0.9));
        assertThat(rule.decided(validation).orElseThrow().scores()).hasSize(4);
        DecisionRule half = rule(validation, OperatingPoint.fixed(0.2), Abstention.coverageOf(0.5));
        assertThat(half.decided(validation).orElseThrow().scores()).extracting(RecordingScore::recording)
                .containsExactly("r0", "r1");
    }

    @Test
    void theBandIsAroundTheOperatingPointInLogOdds() {
        List<RecordingScore> scores = new ArrayList<>();
        double[] probabilities = {0.05, 0.3, 0.45, 0.6, 0.7, 0.95};
        Label[] labels = {Label.CONTROL, Label.CONTROL, Label.PATIENT, Label.CONTROL, Label.PATIENT, Label.PATIENT};
        for (int i = 0; i < labels.length; i++) {
            scores.add(new RecordingScore("r" + i, "s" + i, labels[i], probabilities[i], List.of(probabilities[i])));
        }
        Evaluation validation = Evaluation.of(scores, 0.5);
        DecisionRule rule = rule(validation, OperatingPoint.fixed(0.5), Abstention.accuracyOf(0.9));
        // 0.45 and 0.6 are wrong; the band ends half way, in log odds, between 0.6 and 0.7.
        double odds = Math.sqrt(0.6 / 0.4 * 0.7 / 0.3);
        assertThat(rule.upper()).isCloseTo(odds / (1 + odds), within(1e-12));
        assertThat(rule.lower()).isCloseTo(1 / (1 + odds), within(1e-12));
        assertThat(rule.threshold()).isEqualTo(0.5);
        assertThat(rule.decide(0.3)).isEqualTo(Diagnosis.NEGATIVE);
        assertThat(rule.decide(rule.lower())).isEqualTo(Diagnosis.INCONCLUSIVE);
        assertThat(rule.decide(0.5)).isEqualTo(Diagnosis.INCONCLUSIVE);
        assertThat(rule.decide(rule.upper())).isEqualTo(Diagnosis.POSITIVE);
        assertThat(rule.decided(validation).orElseThrow().scores()).extracting(RecordingScore::recording)
                .containsExactly("r0", "r1", "r4", "r5");
        assertThat(rule.abstains()).isTrue();
    }

    @Test
    void withoutAbstentionEveryRecordingIsDecidedAtTheThreshold() {
        DecisionRule rule = rule(answers(20, 1), OperatingPoint.youden(), Abstention.NONE);
        assertThat(rule.abstains()).isFalse();
        assertThat(rule.lower()).isEqualTo(rule.threshold());
        assertThat(rule.upper()).isEqualTo(rule.threshold());
        assertThat(rule.decide(rule.threshold())).isEqualTo(Diagnosis.POSITIVE);
        assertThat(rule.decide(Math.nextDown(rule.threshold()))).isEqualTo(Diagnosis.NEGATIVE);
    }

    @Test
    void theRulePutsWindowsTogetherAsItSays() {
        double[] windows = {0.1, 0.2, 0.9};
        List<RecordingScore> scores = List.of(
                new RecordingScore("p", "p", Label.PATIENT, 0.4, List.of(0.1, 0.2, 0.9)),
                new RecordingScore("c", "c", Label.CONTROL, 0.3, List.of(0.3, 0.3, 0.3)),
                new RecordingScore("e", "e", Label.CONTROL, 0.25, List.of()));
        DecisionRule rule = DecisionRule.choose(Evaluation.of(scores, 0.5), Aggregation.maximum(), false,
                OperatingPoint.youden(), Abstention.NONE);
        assertThat(rule.probability(windows)).isEqualTo(0.9);
        assertThat(rule.apply(Evaluation.of(scores, 0.5)).scores()).extracting(RecordingScore::probability)
                .containsExactly(0.9, 0.3, 0.25);
        // By the means, 0.4 and 0.3, it would be chosen between these.
        assertThat(rule.threshold()).isEqualTo(0.5);
    }

    @Test
    void whatIsNoShareOrNoBandIsRefused() {
        assertThatThrownBy(() -> Abstention.accuracyOf(1))
                .hasMessage("the accuracy of an abstention must be in (0, 1), but was 1.0");
        assertThatThrownBy(() -> Abstention.coverageOf(0))
                .hasMessage("the coverage of an abstention must be in (0, 1), but was 0.0");
        assertThatThrownBy(() -> new DecisionRule(Aggregation.mean(), TemperatureScaling.NONE, 0.5, 0.6, 0.7))
                .hasMessage("the inconclusive band must be within [0, 1] and hold the threshold 0.5, but was from 0.6 to 0.7");
        assertThat(List.of(Abstention.NONE, Abstention.accuracyOf(0.9), Abstention.coverageOf(0.8)))
                .extracting(Object::toString)
                .containsExactly("none", "accuracy of 0.9 of what is decided on validation data",
                        "coverage of 0.8 on validation data");
    }
}
