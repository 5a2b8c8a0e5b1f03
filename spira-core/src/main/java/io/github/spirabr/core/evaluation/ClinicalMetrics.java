package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calibration and clinical use of answers: calibration intercept and slope, predictive values at stated prevalences, and the
 * decision curve. All describe; none is a choice of a threshold.
 *
 * @param calibrationIntercept the calibration in the large: the number that must be added to the log odds so that the mean
 *     probability equals the share of patients; 0 is perfect, negative says that the risk is overestimated (Van Calster et al.
 *     2019). Depends on the share of patients in the data
 * @param calibrationSlope slope of a logistic regression of the class on the log odds: 1 is perfect, below 1 says that
 *     probabilities are too extreme (Cox 1958). Undefined where a threshold separates the classes
 * @param screening the predictive values at each stated prevalence
 * @param decisionCurve net benefit at thresholds of 0.01, 0.02, … 0.99; empty unless both classes are present
 */
public record ClinicalMetrics(
        Estimate calibrationIntercept, Estimate calibrationSlope, List<Screening> screening, List<NetBenefit> decisionCurve) {

    /** The prevalences that reports state: 1, 5, 10 and 20 %. */
    public static final List<Double> PREVALENCES = List.of(0.01, 0.05, 0.1, 0.2);

    private static final int THRESHOLDS = 99;
    private static final double TAIL = 0.025;

    /**
     * Predictive values at a prevalence, from sensitivity and specificity at the threshold in use (Bayes). The interval does not
     * include the uncertainty of the prevalence.
     *
     * @param prevalence share of patients among those who are examined, in (0, 1)
     * @param positivePredictiveValue share of patients among those classified as patient
     * @param negativePredictiveValue share of controls among those classified as control
     * @param numberNeededToScreen persons to examine for one patient found, 1 / (prevalence sensitivity)
     */
    public record Screening(
            double prevalence,
            Estimate positivePredictiveValue,
            Estimate negativePredictiveValue,
            Estimate numberNeededToScreen) {}

    /**
     * The net benefit at a threshold t: (TP - FP t / (1 - t)) / N (Vickers and Elkin 2006). Treating nobody has a net benefit of
     * 0. Depends on the share of patients in the data.
     *
     * @param threshold probability from which on a person is treated
     * @param model net benefit of treating those at or above the threshold; 95 % interval by a bootstrap over subjects
     * @param treatAll net benefit of treating everybody
     */
    public record NetBenefit(double threshold, Estimate model, double treatAll) {}

    /** Copies the lists. */
    public ClinicalMetrics {
        screening = List.copyOf(screening);
        decisionCurve = List.copyOf(decisionCurve);
    }

    /**
     * Computes the metrics.
     *
     * @param evaluation the answers
     * @param prevalences stated prevalences, each in (0, 1)
     * @param replicates number of bootstrap replicates, at least 100; 2000 is usual
     * @param seed seed of the draws
     */
    public static ClinicalMetrics of(Evaluation evaluation, List<Double> prevalences, int replicates, long seed) {
        for (double prevalence : prevalences) {
            if (!(prevalence > 0 && prevalence < 1)) {
                throw new IllegalArgumentException("the prevalence must be in (0, 1), but was " + prevalence);
            }
        }
        MetricEstimates estimates = MetricEstimates.of(evaluation,
                List.of(Metric.SENSITIVITY, Metric.POSITIVE_LIKELIHOOD_RATIO, Metric.NEGATIVE_LIKELIHOOD_RATIO), replicates,
                seed);
        CalibrationLine calibration = new CalibrationLine(evaluation.scores());
        return new ClinicalMetrics(calibration.intercept(), calibration.slope(),
                prevalences.stream().map(one -> screening(evaluation, estimates, one)).toList(),
                decisionCurve(evaluation, replicates, seed));
    }

    private static Screening screening(Evaluation evaluation, MetricEstimates estimates, double prevalence) {
        double sensitivity = evaluation.value(Metric.SENSITIVITY);
        double specificity = evaluation.value(Metric.SPECIFICITY);
        double odds = prevalence / (1 - prevalence);
        double truePositives = prevalence * sensitivity;
        double trueNegatives = (1 - prevalence) * specificity;
        MetricEstimate found = estimates.metric(Metric.SENSITIVITY);
        MetricEstimate positive = estimates.metric(Metric.POSITIVE_LIKELIHOOD_RATIO);
        MetricEstimate negative = estimates.metric(Metric.NEGATIVE_LIKELIHOOD_RATIO);
        return new Screening(prevalence,
                Estimate.of(truePositives / (truePositives + (1 - prevalence) * (1 - specificity)),
                        share(odds * positive.lower()), share(odds * positive.upper())),
                Estimate.of(trueNegatives / (trueNegatives + prevalence * (1 - sensitivity)),
                        1 - share(odds * negative.upper()), 1 - share(odds * negative.lower())),
                sensitivity == 0 ? Estimate.of(Double.NaN)
                        : Estimate.of(1 / truePositives, 1 / (prevalence * found.upper()), 1 / (prevalence * found.lower())));
    }

    private static double share(double odds) {
        return odds / (1 + odds);
    }

    private static List<NetBenefit> decisionCurve(Evaluation evaluation, int replicates, long seed) {
        List<RecordingScore> scores = evaluation.scores();
        long ill = scores.stream().filter(one -> one.label() == Label.PATIENT).count();
        if (ill == 0 || ill == scores.size()) {
            return List.of();
        }
        SubjectBootstrap bootstrap = new SubjectBootstrap(scores, seed);
        ScoreTable table = new ScoreTable(scores, bootstrap.numbers(scores));
        double[][] drawn = new double[THRESHOLDS][replicates];
        for (int r = 0; r < replicates; r++) {
            double[] benefits = table.netBenefits(THRESHOLDS, bootstrap.weights(r));
            for (int t = 0; t < THRESHOLDS; t++) {
                drawn[t][r] = benefits[t];
            }
        }
        double[] own = table.netBenefits(THRESHOLDS, bootstrap.everyone());
        double share = (double) ill / scores.size();
        double tail = bootstrap.widened(TAIL);
        List<NetBenefit> curve = new ArrayList<>();
        for (int t = 0; t < THRESHOLDS; t++) {
            double threshold = (t + 1.0) / (THRESHOLDS + 1);
            double[] sorted = drawn[t];
            Arrays.sort(sorted);
            Estimate model = sorted[0] == sorted[replicates - 1] ? Estimate.of(own[t]) : Estimate.of(own[t],
                    Math.min(own[t], SubjectBootstrap.quantile(sorted, tail)),
                    Math.max(own[t], SubjectBootstrap.quantile(sorted, 1 - tail)));
            curve.add(new NetBenefit(threshold, model, share - (1 - share) * threshold / (1 - threshold)));
        }
        return curve;
    }
}
