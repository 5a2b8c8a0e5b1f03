package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.evaluation.SubjectBootstrap.Influence;
import io.github.spirabr.core.recording.Label;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import org.apache.commons.math3.analysis.solvers.BisectionSolver;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * 95 % intervals for metrics near the ends of their range, and for few subjects, where a bootstrap draws too little variation:
 * those of Clopper and Pearson (1934) for shares, with the subjects of the denominator as trials; their combination for balanced
 * accuracy (Zou and Donner 2008) and for ratios (Donner and Zou 2012); Newcombe's method 5 (2006) for the AUROC; intervals by
 * Student's t on the scale of the logarithm or logit for the others.
 */
final class EdgeIntervals {

    /** With fewer expected subjects on the rarer side of a share than this, a bootstrap alone is too narrow. */
    private static final double FEW = 5;
    /** The limit for the AUROC: its distance from 0 or 1 times the subjects of the smaller class. */
    private static final double FEW_PAIRS = 1.5;
    private static final double TAIL = 0.025;
    private static final double Z = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - TAIL);

    private final Evaluation evaluation;
    private final int patients;
    private final int controls;
    private final double largestDeviate;

    /**
     * Creates the intervals of an evaluation.
     *
     * @param largestDeviate the deviate of Student's t with the degrees of freedom of the smaller class, above 0
     */
    EdgeIntervals(Evaluation evaluation, double largestDeviate) {
        this.evaluation = evaluation;
        this.patients = subjects(one -> one.label() == Label.PATIENT);
        this.controls = subjects(one -> one.label() == Label.CONTROL);
        this.largestDeviate = largestDeviate;
    }

    private int subjects(Predicate<RecordingScore> condition) {
        return (int) evaluation.scores().stream().filter(condition).map(RecordingScore::subject).distinct().count();
    }

    private boolean positive(RecordingScore score) {
        return score.probability() >= evaluation.threshold();
    }

    /** Returns the interval of a metric all of whose replicates are equal; empty unless the value is an end of its range. */
    Optional<double[]> withoutSpread(Metric metric, double value) {
        if (value != 0 && value != 1) {
            return Optional.empty();
        }
        // Subjects with recordings of both classes are not independent between them, so that their number counts once.
        return metric == Metric.AUROC
                ? Optional.of(exact(value, Math.min(patients, controls))) : edge(metric, value, new Influence(0, 0, 1));
    }

    /** Returns the hull of a bootstrap interval and of the interval for the metric's edge, if the metric is near it. */
    double[] widened(Metric metric, double value, double[] interval, Influence influence) {
        return edge(metric, value, influence)
                .map(edge -> new double[] {Math.min(interval[0], edge[0]), Math.max(interval[1], edge[1])})
                .orElse(interval);
    }

    private Optional<double[]> edge(Metric metric, double value, Influence influence) {
        double deviate = Z * influence.widening();
        return switch (metric) {
            case ACCURACY -> share(value, patients + controls);
            case SENSITIVITY -> share(value, patients);
            case SPECIFICITY -> share(value, controls);
            case POSITIVE_PREDICTIVE_VALUE -> share(value, subjects(this::positive));
            case NEGATIVE_PREDICTIVE_VALUE -> share(value, subjects(one -> !positive(one)));
            case BALANCED_ACCURACY -> balancedAccuracy(value);
            case F1 -> f1(value);
            case AUROC -> auroc(value);
            case AUPRC -> transformed(Math.log(value / (1 - value)),
                    deviate * influence.deviation() / (value * (1 - value)), logit -> 1 / (1 + Math.exp(-logit)));
            case BRIER_SCORE -> logarithmic(value, influence).map(ends -> new double[] {ends[0], Math.min(1, ends[1])});
            case LOG_LOSS -> logarithmic(value, influence);
            case SENSITIVITY_AT_90_SPECIFICITY, SENSITIVITY_AT_95_SPECIFICITY -> share(value, patients);
            case SPECIFICITY_AT_90_SENSITIVITY, SPECIFICITY_AT_95_SENSITIVITY -> share(value, controls);
            case POSITIVE_LIKELIHOOD_RATIO -> ratio(evaluation.value(Metric.SENSITIVITY), patients,
                    1 - evaluation.value(Metric.SPECIFICITY), controls);
            case NEGATIVE_LIKELIHOOD_RATIO -> ratio(1 - evaluation.value(Metric.SENSITIVITY), patients,
                    evaluation.value(Metric.SPECIFICITY), controls);
            case CALIBRATION_ERROR, MATTHEWS_CORRELATION, COHENS_KAPPA, PARTIAL_AUROC, BRIER_SKILL -> Optional.empty();
        };
    }

    private Optional<double[]> logarithmic(double value, Influence influence) {
        return transformed(Math.log(value),
                Math.max(Z * influence.widening(), largestDeviate) * influence.deviation() / value, Math::exp);
    }

    private static Optional<double[]> share(double value, int trials) {
        return isNearEdge(value, trials) ? Optional.of(exact(value, trials)) : Optional.empty();
    }

    private static boolean isNearEdge(double value, int trials) {
        return Math.min(value, 1 - value) * trials < FEW;
    }

    /** Returns the interval of Clopper and Pearson for a share of so many trials; the successes need not be whole. */
    static double[] exact(double share, int trials) {
        double successes = share * trials;
        double failures = trials - successes;
        return new double[] {
            beta(successes, failures + 1, TAIL),
            beta(successes + 1, failures, 1 - TAIL)
        };
    }

    /** Returns the quantile of a beta distribution, one of whose parameters may be 0. */
    private static double beta(double alpha, double beta, double probability) {
        if (alpha <= 0) {
            return 0;
        }
        return beta <= 0 ? 1 : new BetaDistribution(null, alpha, beta).inverseCumulativeProbability(probability);
    }

    private Optional<double[]> balancedAccuracy(double value) {
        if (patients == 0 || controls == 0) {
            return share(value, patients + controls);
        }
        double sensitivity = evaluation.value(Metric.SENSITIVITY);
        double specificity = evaluation.value(Metric.SPECIFICITY);
        if (!isNearEdge(sensitivity, patients) && !isNearEdge(specificity, controls)) {
            return Optional.empty();
        }
        double[] one = exact(sensitivity, patients);
        double[] other = exact(specificity, controls);
        return Optional.of(new double[] {
            value - Math.hypot(sensitivity - one[0], specificity - other[0]) / 2,
            value + Math.hypot(one[1] - sensitivity, other[1] - specificity) / 2
        });
    }

    /** Returns the interval of a ratio of two shares by their own ones (Donner and Zou 2012). */
    private static Optional<double[]> ratio(double upper, int upperTrials, double lower, int lowerTrials) {
        if (!isNearEdge(upper, upperTrials) && !isNearEdge(lower, lowerTrials)) {
            return Optional.empty();
        }
        double[] one = exact(upper, upperTrials);
        double[] other = exact(lower, lowerTrials);
        if (other[0] == 0) {
            return Optional.empty();
        }
        double product = upper * lower;
        double least = one[0] * (2 * upper - one[0]);
        double most = one[1] * (2 * upper - one[1]);
        double largest = other[1] * (2 * lower - other[1]);
        double smallest = other[0] * (2 * lower - other[0]);
        return Optional.of(new double[] {
            least == 0 ? 0 : least / (product + Math.sqrt(product * product - least * largest)),
            (product + Math.sqrt(product * product - most * smallest)) / smallest
        });
    }

    /** F1 = 2 J / (1 + J), where J is the share of TP among TP, FP and FN. */
    private Optional<double[]> f1(double value) {
        return share(value / (2 - value), subjects(one -> one.label() == Label.PATIENT || positive(one)))
                .map(edge -> new double[] {2 * edge[0] / (1 + edge[0]), 2 * edge[1] / (1 + edge[1])});
    }

    private static Optional<double[]> transformed(double point, double reach, DoubleUnaryOperator back) {
        return Double.isFinite(point) && reach > 0
                ? Optional.of(new double[] {back.applyAsDouble(point - reach), back.applyAsDouble(point + reach)})
                : Optional.empty();
    }

    private Optional<double[]> auroc(double value) {
        return Math.min(value, 1 - value) * Math.min(patients, controls) < FEW_PAIRS
                ? Optional.of(new double[] {limit(value, 0), limit(value, 1)}) : Optional.empty();
    }

    /** Returns the accepted area farthest from the value in the direction of an end. */
    private double limit(double value, double end) {
        if (value == end || distance(value, end) <= 0) {
            return end;
        }
        return new BisectionSolver(1e-12)
                .solve(200, area -> distance(value, area), Math.min(value, end), Math.max(value, end));
    }

    /** Returns the squared distance of an area from the value, less its bound: negative where the area is accepted. */
    private double distance(double value, double area) {
        double mean = (patients + controls) / 2.0 - 1;
        double variance = area * (1 - area) * (1 + mean * (1 - area) / (2 - area) + mean * area / (1 + area))
                / ((double) patients * controls);
        return (value - area) * (value - area) - Z * Z * variance;
    }
}
