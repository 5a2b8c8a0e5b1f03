package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.recording.Label;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import org.apache.commons.math3.analysis.solvers.BisectionSolver;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * 95 % intervals for metrics near 0 or 1, and for few subjects, where a bootstrap draws too little variation: of Clopper and
 * Pearson (1934) for shares, with subjects as independent trials; by the method of variance estimates recovery (Zou and Donner
 * 2008) for balanced accuracy; of Newcombe's method 5 (2006) for the AUROC.
 */
final class EdgeIntervals {

    /** With fewer expected subjects on the rarer side of a share than this, a bootstrap alone is too narrow. */
    private static final double FEW = Double.parseDouble(System.getProperty("few", "5"));
    private static final double TAIL = 0.025;
    private static final double Z = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - TAIL);

    private final Evaluation evaluation;
    private final int patients;
    private final int controls;
    private final double smallerClass;

    /** @param smallerClass the lower 2.5 % deviate of Student's t for the class with fewer subjects */
    EdgeIntervals(Evaluation evaluation, double smallerClass) {
        this.smallerClass = smallerClass;
        this.evaluation = evaluation;
        this.patients = subjects(one -> one.label() == Label.PATIENT);
        this.controls = subjects(one -> one.label() == Label.CONTROL);
    }

    private int subjects(Predicate<RecordingScore> condition) {
        return (int) evaluation.scores().stream().filter(condition).map(RecordingScore::subject).distinct().count();
    }

    private boolean positive(RecordingScore score) {
        return score.probability() >= evaluation.threshold();
    }

    /** Returns the hull of a bootstrap interval and the edge interval, if the metric is near its edge. */
    double[] widen(Metric metric, double value, double[] interval, SubjectBootstrap.Influence influence) {
        double[] edge = switch (metric) {
            case ACCURACY -> share(value, patients + controls);
            case SENSITIVITY -> share(value, patients);
            case SPECIFICITY -> share(value, controls);
            case POSITIVE_PREDICTIVE_VALUE -> share(value, subjects(this::positive));
            case NEGATIVE_PREDICTIVE_VALUE -> share(value, subjects(one -> !positive(one)));
            case BALANCED_ACCURACY -> balancedAccuracy(value);
            case F1 -> f1(value);
            case AUROC -> auroc(value);
            case AUPRC -> transformed(Math.log(value / (1 - value)), Z * influence.widening() * influence.deviation() / (value * (1 - value)), x -> 1 / (1 + Math.exp(-x)));
            case BRIER_SCORE, LOG_LOSS -> transformed(Math.log(value), Math.max(Z * influence.widening(), -smallerClass) * influence.deviation() / value, Math::exp);
            default -> null;
        };
        if (edge == null) {
            return interval;
        }
        return Double.isNaN(interval[0]) ? edge
                : new double[] {Math.min(interval[0], edge[0]), Math.max(interval[1], edge[1])};
    }

    private static double[] share(double value, int trials) {
        return Math.min(value, 1 - value) * trials < FEW ? clopperPearson(value, trials) : null;
    }

    static double[] clopperPearson(double value, int trials) {
        double successes = value * trials;
        double failures = trials - successes;
        return new double[] {
            successes == 0 ? 0 : beta(successes, failures + 1, TAIL),
            failures == 0 ? 1 : beta(successes + 1, failures, 1 - TAIL)
        };
    }

    private static double beta(double alpha, double beta, double probability) {
        return new BetaDistribution(null, alpha, beta).inverseCumulativeProbability(probability);
    }

    private double[] balancedAccuracy(double value) {
        if (patients == 0 || controls == 0) {
            return share(value, patients + controls);
        }
        double sensitivity = evaluation.value(Metric.SENSITIVITY);
        double specificity = evaluation.value(Metric.SPECIFICITY);
        if (share(sensitivity, patients) == null && share(specificity, controls) == null) {
            return null;
        }
        double[] one = clopperPearson(sensitivity, patients);
        double[] other = clopperPearson(specificity, controls);
        return new double[] {
            value - Math.hypot(sensitivity - one[0], specificity - other[0]) / 2,
            value + Math.hypot(one[1] - sensitivity, other[1] - specificity) / 2
        };
    }

    /** F1 = 2 J / (1 + J), where J is the share of TP among TP, FP and FN. */
    private double[] f1(double value) {
        double jaccard = value / (2 - value);
        double[] edge = share(jaccard, subjects(one -> one.label() == Label.PATIENT || positive(one)));
        return edge == null ? null : new double[] {2 * edge[0] / (1 + edge[0]), 2 * edge[1] / (1 + edge[1])};
    }

    private static double[] transformed(double point, double reach, DoubleUnaryOperator back) {
        return Double.isFinite(point) && reach > 0
                ? new double[] {back.applyAsDouble(point - reach), back.applyAsDouble(point + reach)} : null;
    }

    private double[] auroc(double value) {
        int smaller = Math.min(patients, controls);
        if (Math.min(value, 1 - value) * smaller >= Double.parseDouble(System.getProperty("fewa", "1.5"))) {
            return null;
        }
        return new double[] {limit(value, 0, value), limit(value, value, 1)};
    }

    private double limit(double value, double from, double to) {
        double end = from == value ? to : from;
        if (end == value) {
            return value;
        }
        // Beyond an end of its range the score test accepts every value.
        if (score(value, end) <= 0) {
            return end;
        }
        return new BisectionSolver(1e-12).solve(200, area -> score(value, area), from, to);
    }

    /** Squared distance less its bound: negative where the area is accepted. */
    private double score(double value, double area) {
        double mean = (patients + controls) / 2.0 - 1;
        double variance = area * (1 - area) * (1 + mean * (1 - area) / (2 - area) + mean * area / (1 + area))
                / ((double) patients * controls);
        return (value - area) * (value - area) - Z * Z * variance;
    }
}
