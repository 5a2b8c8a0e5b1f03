package io.github.spirabr.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.spirabr.core.evaluation.ClinicalMetrics.NetBenefit;
import io.github.spirabr.core.evaluation.ClinicalMetrics.Screening;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClinicalMetricsTest {

    private static final double PREVALENCE = 0.05;
    private static final int THIRTY_PERCENT = 29;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private static Evaluation evaluation(String labels, String scores, String subjects, double threshold) {
        String[] label = labels.split(" ");
        String[] score = scores.split(" ");
        String[] subject = subjects.split(" ");
        return Evaluation.of(IntStream.range(0, label.length)
                .mapToObj(i -> new RecordingScore("r" + i, "s" + subject[i], label[i].equals("1") ? Label.PATIENT : Label.CONTROL,
                        Double.parseDouble(score[i]), List.of()))
                .toList(), threshold);
    }

    /** Returns all metrics of the golden file by its names. */
    private static Map<String, Double> values(Evaluation evaluation) {
        Map<String, Double> values = new HashMap<>();
        for (Metric metric : Metric.values()) {
            values.put(metric.name(), evaluation.value(metric));
        }
        ClinicalMetrics metrics = ClinicalMetrics.of(evaluation, List.of(PREVALENCE), 100, 1);
        Screening screening = metrics.screening().get(0);
        values.put("ppv", screening.positivePredictiveValue().value());
        values.put("npv", screening.negativePredictiveValue().value());
        values.put("screen", screening.numberNeededToScreen().value());
        if (!metrics.decisionCurve().isEmpty()) {
            NetBenefit benefit = metrics.decisionCurve().get(THIRTY_PERCENT);
            assertThat(benefit.threshold()).isEqualTo(0.3);
            values.put("benefit", benefit.model().value());
            values.put("all", benefit.treatAll());
        }
        put(values, "intercept", metrics.calibrationIntercept());
        put(values, "slope", metrics.calibrationSlope());
        return values;
    }

    private static void put(Map<String, Double> values, String name, Estimate estimate) {
        values.put(name, estimate.value());
        values.put(name + ".lower", estimate.lower());
        values.put(name + ".upper", estimate.upper());
    }

    @Test
    void everyMetricIsThatOfTheReferences() throws IOException {
        int compared = 0;
        int undefined = 0;
        try (BufferedReader golden = new BufferedReader(new InputStreamReader(
                ClinicalMetricsTest.class.getResourceAsStream("clinical-golden.csv"), StandardCharsets.UTF_8))) {
            String[] names = golden.readLine().split(",");
            for (String line = golden.readLine(); line != null; line = golden.readLine()) {
                String[] cells = line.split(",", -1);
                Map<String, Double> values = values(evaluation(cells[1], cells[2], cells[3], Double.parseDouble(cells[0])));
                for (int i = 4; i < names.length; i++) {
                    double value = values.getOrDefault(names[i], Double.NaN);
                    if (cells[i].isEmpty()) {
                        assertThat(value).as("%s of labels %s, scores %s", names[i], cells[1], cells[2]).isNaN();
                        undefined++;
                    } else {
                        double expected = Double.parseDouble(cells[i]);
                        assertThat(value).as("%s of labels %s, scores %s", names[i], cells[1], cells[2])
                                .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isEqualTo(825);
        assertThat(undefined).isEqualTo(1443);
    }

    @Test
    void tooFewSubjectsHaveNoInterval() {
        List<RecordingScore> scores = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            scores.add(new RecordingScore("p" + i, "p" + i, Label.PATIENT, 0.3 + 0.05 * i, List.of()));
            scores.add(new RecordingScore("c" + i, "c" + i, Label.CONTROL, 0.2 + 0.05 * i, List.of()));
        }
        ClinicalMetrics few = ClinicalMetrics.of(Evaluation.of(scores, 0.9), List.of(0.1), 200, 1);
        assertThat(few.calibrationSlope().toString()).endsWith("(too few subjects for an interval)");
        assertThat(few.calibrationIntercept().toString()).endsWith("(too few subjects for an interval)");
        assertThat(few.screening().get(0).numberNeededToScreen()).hasToString("undefined");

        MetricEstimates estimates = MetricEstimates.of(Evaluation.of(scores, 0.61), 200, 1);
        assertThat(estimates.metric(Metric.POSITIVE_LIKELIHOOD_RATIO)).hasToString("undefined");
        assertThat(estimates.metric(Metric.NEGATIVE_LIKELIHOOD_RATIO).lower()).isLessThan(1);
        assertThat(ClinicalMetrics.of(Evaluation.of(scores, 0.61), List.of(0.1), 200, 1).screening().get(0)
                .positivePredictiveValue()).hasToString("1.00 (too few subjects for an interval)");
    }

    @Test
    void classesThatAreApartHaveNoSlope() {
        List<RecordingScore> scores = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            scores.add(new RecordingScore("p" + i, "p" + i, Label.PATIENT, 0.6 + 0.01 * i, List.of()));
            scores.add(new RecordingScore("c" + i, "c" + i, Label.CONTROL, 0.2 + 0.01 * i, List.of()));
        }
        Evaluation apart = Evaluation.of(scores, 0.5);
        assertThat(ClinicalMetrics.of(apart, List.of(), 100, 1).calibrationSlope()).hasToString("undefined");
        MetricEstimates estimates = MetricEstimates.of(apart, 200, 1);
        for (Metric metric : List.of(Metric.MATTHEWS_CORRELATION, Metric.COHENS_KAPPA, Metric.PARTIAL_AUROC)) {
            assertThat(estimates.metric(metric)).as("%s", metric).hasToString("1.00 (too few subjects for an interval)");
        }
    }

    @Test
    void invalidPrevalencesAreRefused() {
        Evaluation one = evaluation("0 1", "0.2 0.8", "0 1", 0.5);
        for (double prevalence : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> ClinicalMetrics.of(one, List.of(prevalence), 100, 1))
                    .hasMessage("the prevalence must be in (0, 1), but was " + prevalence);
        }
    }

    /** The model answers with log odds of 1.5 x + 0.4 where x are the true ones, so that its slope is 1 / 1.5. */
    private static final double SCALE = 1.5;
    private static final double SHIFT = 0.4;

    private static double deviation() {
        return Math.sqrt(2);
    }

    private static RecordingScore score(int subject, int recording, Label label, double x) {
        return new RecordingScore(subject + "-" + recording, "s" + subject, label, 1 / (1 + Math.exp(-SCALE * x - SHIFT)), List.of());
    }

    /**
     * Returns answers of subjects with some recordings each; x is normal around 1 for patients, -1 for controls, with a variance of 2,
     * half of which the recordings of a subject share.
     */
    private static Evaluation simulated(int subjects, int recordings, boolean drawn, long seed) {
        RandomGenerator random = new RandomStreams(seed).stream("simulation");
        List<RecordingScore> scores = new ArrayList<>();
        for (int s = 0; s < 2 * subjects; s++) {
            Label label = (drawn ? random.nextBoolean() : s < subjects) ? Label.PATIENT : Label.CONTROL;
            double level = random.nextGaussian() + (label == Label.PATIENT ? 1 : -1);
            for (int r = 0; r < recordings; r++) {
                scores.add(score(s, r, label, level + random.nextGaussian()));
            }
        }
        return Evaluation.of(scores, 0.5);
    }

    /** Integrates a function of the probability over the patients or the controls. */
    private static double mean(double centre, DoubleUnaryOperator function) {
        NormalDistribution x = new NormalDistribution(null, centre, deviation());
        return new IterativeLegendreGaussIntegrator(20, 1e-10, 1e-10).integrate(1_000_000,
                at -> x.density(at) * function.applyAsDouble(1 / (1 + Math.exp(-SCALE * at - SHIFT))), centre - 12, centre + 12);
    }

    private static double above(double centre, double probability) {
        double x = (Math.log(probability / (1 - probability)) - SHIFT) / SCALE;
        return 1 - NORMAL.cumulativeProbability((x - centre) / deviation());
    }

    private static double curve(double falsePositiveRate) {
        return NORMAL.cumulativeProbability(NORMAL.inverseCumulativeProbability(falsePositiveRate) + 2 / deviation());
    }

    private static Map<String, Double> truth() {
        double sensitivity = above(1, 0.5);
        double specificity = 1 - above(-1, 0.5);
        Map<String, Double> truth = new LinkedHashMap<>();
        double found = (sensitivity + 1 - specificity) / 2;
        truth.put("MATTHEWS_CORRELATION", (sensitivity + specificity - 1) / 2 / Math.sqrt(found * (1 - found)));
        truth.put("COHENS_KAPPA", sensitivity + specificity - 1);
        truth.put("SENSITIVITY_AT_90_SPECIFICITY", curve(0.1));
        truth.put("SENSITIVITY_AT_95_SPECIFICITY", curve(0.05));
        truth.put("SPECIFICITY_AT_90_SENSITIVITY", curve(0.1));
        truth.put("SPECIFICITY_AT_95_SENSITIVITY", curve(0.05));
        double area = new IterativeLegendreGaussIntegrator(20, 1e-9, 1e-9).integrate(1_000_000, ClinicalMetricsTest::curve, 1e-12, 0.1);
        truth.put("PARTIAL_AUROC", (1 + (area - 0.005) / (0.1 - 0.005)) / 2);
        truth.put("BRIER_SKILL", 1 - (mean(1, p -> (1 - p) * (1 - p)) + mean(-1, p -> p * p)) / 2 / 0.25);
        truth.put("POSITIVE_LIKELIHOOD_RATIO", sensitivity / (1 - specificity));
        truth.put("NEGATIVE_LIKELIHOOD_RATIO", (1 - sensitivity) / specificity);
        truth.put("ppv", PREVALENCE * sensitivity / (PREVALENCE * sensitivity + (1 - PREVALENCE) * (1 - specificity)));
        truth.put("npv", (1 - PREVALENCE) * specificity / ((1 - PREVALENCE) * specificity + PREVALENCE * (1 - sensitivity)));
        truth.put("screen", 1 / (PREVALENCE * sensitivity));
        for (double threshold : new double[] {0.2, 0.5, 0.8}) {
            truth.put("benefit " + threshold, (above(1, threshold) - above(-1, threshold) * threshold / (1 - threshold)) / 2);
        }
        return truth;
    }

    private static Map<String, Estimate> estimates(Evaluation evaluation, long seed) {
        Map<String, Estimate> estimates = new HashMap<>();
        for (MetricEstimate one : MetricEstimates.of(evaluation,
                List.of(Metric.values()).stream().filter(Metric::isClinical).toList(), 500, seed)) {
            estimates.put(one.metric().name(), new Estimate(one.value(), one.lower(), one.upper()));
        }
        ClinicalMetrics clinical = ClinicalMetrics.of(evaluation, List.of(PREVALENCE), 500, seed);
        Screening screening = clinical.screening().get(0);
        estimates.put("ppv", screening.positivePredictiveValue());
        estimates.put("npv", screening.negativePredictiveValue());
        estimates.put("screen", screening.numberNeededToScreen());
        clinical.decisionCurve().forEach(one -> estimates.put("benefit " + one.threshold(), one.model()));
        return estimates;
    }

    private static boolean covers(Estimate estimate, double truth) {
        return estimate.lower() <= truth && truth <= estimate.upper();
    }

    /** A thousand simulations take a minute, and fewer cannot tell 93 from 97 %. */
    private static void assumeSimulations() {
        assumeTrue(Boolean.getBoolean("spira.simulations"), "coverage is simulated by -Pcampaigns alone");
    }

    /** 60 subjects of each class, with three recordings each. */
    @Test
    @Tag("campaign")
    void ninetyFiveOfAHundredIntervalsHoldTheTruth() {
        assumeSimulations();
        Map<String, Double> truth = truth();
        Map<String, Integer> held = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) {
            Map<String, Estimate> estimates = estimates(simulated(60, 3, false, i), i);
            truth.forEach((name, value) -> held.merge(name, covers(estimates.get(name), value) ? 1 : 0, Integer::sum));
        }
        held.forEach((name, count) -> assertThat(count).as("coverage of %s in thousandths", name).isBetween(930, 970));
    }

    /** Classes are drawn, since calibration asks for their share. */
    @Test
    @Tag("campaign")
    void intervalsOfCalibrationHoldTheTruth() {
        assumeSimulations();
        double shift = new BrentSolver(1e-10).solve(1000, a -> 0.5 - (mean(1, p -> shifted(p, a)) + mean(-1, p -> shifted(p, a))) / 2,
                -5, 5);
        for (int subjects : new int[] {20, 60, 150}) {
            int intercepts = 0;
            int slopes = 0;
            for (int i = 0; i < 1000; i++) {
                ClinicalMetrics metrics = ClinicalMetrics.of(simulated(subjects, 3, true, i), List.of(), 100, i);
                intercepts += covers(metrics.calibrationIntercept(), shift) ? 1 : 0;
                slopes += covers(metrics.calibrationSlope(), 1 / SCALE) ? 1 : 0;
            }
            assertThat(intercepts).as("intercepts with %d subjects of a class", subjects).isBetween(930, 970);
            assertThat(slopes).as("slopes with %d subjects of a class", subjects).isBetween(930, 970);
        }
    }

    private static double shifted(double probability, double shift) {
        return 1 / (1 + (1 - probability) / probability * Math.exp(-shift));
    }
}
