package io.github.spirabr.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MetricEstimatesTest {

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    /** The distance of the classes' means, in standard deviations of a subject's level and of a recording's. */
    private static final double DISTANCE = 2;

    /** So many subjects a class with three recordings each, whose scores have a part in common. */
    private static Evaluation simulated(int subjects, long seed) {
        RandomGenerator random = new RandomStreams(seed).stream("simulation");
        List<RecordingScore> scores = new ArrayList<>();
        for (Label label : Label.values()) {
            for (int s = 0; s < subjects; s++) {
                double level = random.nextGaussian() + DISTANCE * label.code();
                for (int r = 0; r < 3; r++) {
                    double probability = 1 / (1 + Math.exp(-(level + random.nextGaussian() - DISTANCE / 2)));
                    scores.add(new RecordingScore(label + "-" + s + "-" + r, label + "-" + s, label, probability,
                            List.of(probability)));
                }
            }
        }
        return Evaluation.of(scores, 0.5);
    }

    @Test
    void ninetyFiveOfAHundredIntervalsHoldTheTruth() {
        // A score is normal with variance 2, so that at the middle threshold each class is right with this probability.
        double right = NORMAL.cumulativeProbability(DISTANCE / 2 / Math.sqrt(2));
        Map<Metric, Double> truth = new EnumMap<>(Map.of(
                Metric.ACCURACY, right,
                Metric.BALANCED_ACCURACY, right,
                Metric.SENSITIVITY, right,
                Metric.SPECIFICITY, right,
                Metric.POSITIVE_PREDICTIVE_VALUE, right,
                Metric.F1, right,
                Metric.AUROC, NORMAL.cumulativeProbability(DISTANCE / 2)));
        Map<Metric, Integer> held = new EnumMap<>(Metric.class);
        int simulations = 1000;
        for (int i = 0; i < simulations; i++) {
            for (MetricEstimate estimate : MetricEstimates.of(simulated(60, i), List.copyOf(truth.keySet()), 500, i)) {
                double wanted = truth.get(estimate.metric());
                if (estimate.lower() <= wanted && wanted <= estimate.upper()) {
                    held.merge(estimate.metric(), 1, Integer::sum);
                }
            }
        }
        assertThat(held.keySet()).isEqualTo(truth.keySet());
        held.forEach((metric, count) ->
                assertThat((double) count / simulations).as("coverage of %s", metric).isBetween(0.93, 0.97));
    }

    @Test
    void recordingsOfOneSubjectAreNotTakenForIndependent() {
        Evaluation evaluation = simulated(60, 1);
        List<RecordingScore> apart = evaluation.scores().stream()
                .map(one -> new RecordingScore(one.recording(), one.recording(), one.label(), one.probability(), one.windows()))
                .toList();
        double together = width(evaluation);
        assertThat(together).isGreaterThan(1.15 * width(Evaluation.of(apart, 0.5)));
    }

    private static double width(Evaluation evaluation) {
        MetricEstimate accuracy = MetricEstimates.of(evaluation, 2000, 1).metric(Metric.ACCURACY);
        return accuracy.upper() - accuracy.lower();
    }

    @Test
    void theSameSeedGivesTheSameIntervals() {
        Evaluation evaluation = simulated(10, 3);
        assertThat(MetricEstimates.of(evaluation, 200, 7)).isEqualTo(MetricEstimates.of(evaluation, 200, 7))
                .isNotEqualTo(MetricEstimates.of(evaluation, 200, 8));
    }

    @Test
    void figuresComeWithTheirAnswersAndSubjectsAndSayWhenTheyAreImprecise() {
        MetricEstimates few = MetricEstimates.of(simulated(99, 3), 100, 1);
        assertThat(few).extracting(MetricEstimate::metric).containsExactly(Metric.values());
        assertThat(few).allSatisfy(one -> {
            assertThat(one.answers()).isEqualTo(594);
            assertThat(one.subjects()).isEqualTo(198);
            assertThat(one.imprecise()).isTrue();
            assertThat(one.lower()).isLessThan(one.value());
            assertThat(one.upper()).isGreaterThan(one.value());
        });
        assertThat(MetricEstimates.of(simulated(100, 3), 100, 1)).noneMatch(MetricEstimate::imprecise);
    }

    @Test
    void aShareWithoutAMistakeIsNotTakenForCertain() {
        List<RecordingScore> scores = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            scores.add(new RecordingScore("p" + i, "p" + i, Label.PATIENT, 0.9, List.of(0.9)));
            scores.add(new RecordingScore("c" + i, "c" + i, Label.CONTROL, 0.1, List.of(0.1)));
        }
        MetricEstimate sensitivity =
                MetricEstimates.of(Evaluation.of(scores, 0.5), 100, 1).metric(Metric.SENSITIVITY);
        assertThat(sensitivity.value()).isEqualTo(1);
        // Clopper and Pearson for 20 of 20: (0.05 / 2) ^ (1 / 20).
        assertThat(sensitivity.lower()).isCloseTo(Math.pow(0.025, 0.05), within(1e-9));
        assertThat(sensitivity.upper()).isEqualTo(1);
    }

    /** Three patients among 120 subjects, all found and no control called: the exact interval of 3 of 3 is [0.292, 1]. */
    @Test
    void predictiveValuesCountTheSubjectsOfTheirDenominator() {
        List<RecordingScore> scores = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Label label = i < 3 ? Label.PATIENT : Label.CONTROL;
            double probability = i < 3 ? 0.9 : 0.1;
            scores.add(new RecordingScore("r" + i, "s" + i, label, probability, List.of(probability)));
        }
        MetricEstimates estimates = MetricEstimates.of(Evaluation.of(scores, 0.5), 200, 1);

        MetricEstimate positive = estimates.metric(Metric.POSITIVE_PREDICTIVE_VALUE);
        assertThat(positive.lower()).isCloseTo(Math.pow(0.025, 1 / 3.0), within(1e-9)).isCloseTo(0.292, within(5e-4));
        assertThat(positive.upper()).isEqualTo(1);
        MetricEstimate negative = estimates.metric(Metric.NEGATIVE_PREDICTIVE_VALUE);
        assertThat(negative.lower()).isCloseTo(Math.pow(0.025, 1 / 117.0), within(1e-9));
    }

    /** Two of three called patients are patients: the bootstrap alone would draw from three subjects. */
    @Test
    void fewCalledSubjectsHaveAWideInterval() {
        List<RecordingScore> scores = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Label label = i < 40 ? Label.PATIENT : Label.CONTROL;
            double probability = i < 2 || i == 119 ? 0.9 : 0.1;
            scores.add(new RecordingScore("r" + i, "s" + i, label, probability, List.of(probability)));
        }
        MetricEstimate positive = MetricEstimates.of(Evaluation.of(scores, 0.5), List.of(Metric.POSITIVE_PREDICTIVE_VALUE), 200, 1)
                .metric(Metric.POSITIVE_PREDICTIVE_VALUE);
        // Clopper and Pearson for 2 of 3, by R's binom.test(2, 3).
        assertThat(positive.lower()).isLessThanOrEqualTo(0.0943);
        assertThat(positive.upper()).isGreaterThanOrEqualTo(0.9915);
    }

    /** 3 patients among 120 subjects, where a bootstrap alone covered balanced accuracy in 56 of 100 simulations. */
    @Test
    void intervalsCoverWithFewPatients() {
        assertThat(coverage(117, 3, 2, 300)).allSatisfy((metric, covered) -> assertThat(covered).as("%s", metric).isGreaterThan(0.92));
    }

    /** Classes that are nearly apart, where a bootstrap alone covered predictive values in 88 of 100 simulations. */
    @Test
    void intervalsCoverNearOne() {
        assertThat(coverage(60, 60, 3.5, 300)).allSatisfy((metric, covered) -> assertThat(covered).as("%s", metric).isGreaterThan(0.92));
    }

    /** Returns the share of simulations whose interval covers the truth, of the metrics whose truth is known. */
    private static Map<Metric, Double> coverage(int controls, int patients, double distance, int simulations) {
        double right = NORMAL.cumulativeProbability(distance / 2);
        double positives = right * patients + (1 - right) * controls;
        double negatives = right * controls + (1 - right) * patients;
        Map<Metric, Double> truth = Map.of(
                Metric.ACCURACY, right,
                Metric.BALANCED_ACCURACY, right,
                Metric.SENSITIVITY, right,
                Metric.SPECIFICITY, right,
                Metric.POSITIVE_PREDICTIVE_VALUE, right * patients / positives,
                Metric.NEGATIVE_PREDICTIVE_VALUE, right * controls / negatives,
                Metric.AUROC, NORMAL.cumulativeProbability(distance / Math.sqrt(2)));
        Map<Metric, Double> covered = new EnumMap<>(Metric.class);
        for (int i = 0; i < simulations; i++) {
            RandomGenerator random = new RandomStreams(i).stream("simulation");
            List<RecordingScore> scores = new ArrayList<>();
            for (int s = 0; s < controls + patients; s++) {
                Label label = s < controls ? Label.CONTROL : Label.PATIENT;
                double logit = distance * (random.nextGaussian() + (label.code() - 0.5) * distance);
                scores.add(new RecordingScore("r" + s, "s" + s, label, 1 / (1 + Math.exp(-logit)), List.of()));
            }
            MetricEstimates estimates = MetricEstimates.of(Evaluation.of(scores, 0.5), List.copyOf(truth.keySet()), 200, i);
            truth.forEach((metric, value) -> {
                MetricEstimate estimate = estimates.metric(metric);
                boolean inside = Double.isNaN(estimate.value()) || estimate.lower() <= value && value <= estimate.upper();
                covered.merge(metric, inside ? 1.0 / simulations : 0, Double::sum);
            });
        }
        return covered;
    }

    /** Labels that are drawn from the probabilities: the true calibration error is 0, and the value is above it. */
    @Test
    void theIntervalOfACalibratedModelsErrorReachesZero() {
        int reached = 0;
        for (int i = 0; i < 200; i++) {
            RandomGenerator random = new RandomStreams(i).stream("simulation");
            List<RecordingScore> scores = new ArrayList<>();
            for (int s = 0; s < 120; s++) {
                double probability = random.nextDouble();
                Label label = random.nextDouble() < probability ? Label.PATIENT : Label.CONTROL;
                scores.add(new RecordingScore("r" + s, "s" + s, label, probability, List.of()));
            }
            MetricEstimate error = MetricEstimates.of(Evaluation.of(scores, 0.5), List.of(Metric.CALIBRATION_ERROR), 200, i)
                    .metric(Metric.CALIBRATION_ERROR);
            assertThat(error.upper()).isGreaterThanOrEqualTo(error.value());
            reached += error.lower() == 0 ? 1 : 0;
        }
        assertThat(reached / 200.0).isGreaterThan(0.93);
    }

    /** Of figures that every subject moves, so that there is a spread to go by. */
    @Test
    void aHandfulOfSubjectsHasAWideIntervalAndNotNone() {
        for (int seed = 0; seed < 50; seed++) {
            List<Metric> moved = List.of(Metric.BRIER_SCORE, Metric.LOG_LOSS);
            for (MetricEstimate estimate : MetricEstimates.of(simulated(2 + seed % 3, seed), moved, 500, seed)) {
                assertThat(estimate.lower()).as("%s of seed %d", estimate, seed).isLessThan(estimate.value());
                assertThat(estimate.upper()).as("%s of seed %d", estimate, seed).isGreaterThan(estimate.value());
            }
        }
    }

    /** Of four subjects, one of whom alone is answered less surely, the logarithm's interval would reach far above 1. */
    @Test
    void theIntervalOfABrierScoreEndsAtOne() {
        List<RecordingScore> scores = new ArrayList<>();
        double[] probabilities = {0.9999, 0.9998, 0.0001, 0.03};
        for (int subject = 0; subject < 4; subject++) {
            Label label = subject < 2 ? Label.PATIENT : Label.CONTROL;
            scores.add(new RecordingScore("r" + subject, "s" + subject, label, probabilities[subject], List.of()));
        }
        MetricEstimate brier = MetricEstimates.of(
                Evaluation.of(scores, 0.5), List.of(Metric.BRIER_SCORE), 1000, 1).metric(Metric.BRIER_SCORE);
        assertThat(brier.upper()).isEqualTo(1);
    }

    @Test
    void whatIsNotThereHasNoInterval() {
        Evaluation controls = Evaluation.of(simulated(5, 1).scores().subList(0, 15), 0.5);
        MetricEstimate auroc = MetricEstimates.of(controls, 100, 1).metric(Metric.AUROC);
        assertThat(auroc.value()).isNaN();
        assertThat(auroc.lower()).isNaN();
        assertThat(auroc.upper()).isNaN();
    }

    @Test
    void tooFewReplicatesAreRefused() {
        assertThatThrownBy(() -> MetricEstimates.of(simulated(5, 1), 99, 1))
                .hasMessage("the replicates must be at least 100, but were 99");
    }

    @Test
    void anEvaluationGivesItsMetricsByKey() {
        Evaluation evaluation = simulated(30, 5);
        MetricEstimate auroc = MetricEstimates.of(evaluation, 2000, 0).metric(Metric.AUROC);
        assertThat(evaluation.metric(Metric.AUROC)).isEqualTo(auroc);
        assertThat(auroc).hasToString(String.format(java.util.Locale.ROOT, "%.2f (%.2f to %.2f)",
                auroc.value(), auroc.lower(), auroc.upper()));
        MetricEstimates some = MetricEstimates.of(evaluation, List.of(Metric.F1), 100, 9);
        assertThat(evaluation.withMetrics(some).metrics()).isEqualTo(some);
        assertThat(evaluation.withMetrics(some)).isEqualTo(evaluation);
        assertThat(some.find(Metric.AUROC)).isEmpty();
        assertThatThrownBy(() -> some.metric(Metric.AUROC)).hasMessage("the metric must be one of [F1], but was AUROC");
        assertThatThrownBy(() -> MetricEstimates.none().answers()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anUndefinedMetricSaysSo() {
        Evaluation controls = Evaluation.of(simulated(5, 1).scores().subList(0, 15), 0.5);
        assertThat(controls.metric(Metric.AUROC)).hasToString("undefined");
    }
}
