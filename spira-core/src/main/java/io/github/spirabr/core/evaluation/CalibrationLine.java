package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.recording.Label;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Logistic recalibration of answers (Cox 1958; Van Calster et al. 2019): the intercept with a slope of 1, and the slope with an
 * intercept of its own, by maximum likelihood. Intervals by Student's t with the variance that allows for subjects with several
 * answers (Liang and Zeger 1986), multiplied by G / (G - 1) (n - 1) / (n - k) as statsmodels and Stata do.
 */
final class CalibrationLine {

    /** With fewer subjects of a class than this the variance is too small by far. */
    private static final int FEWEST = 10;
    private static final double TAIL = 0.025;
    private static final int MOST_STEPS = 100;
    private static final double SMALL_STEP = 1e-12;
    private static final double ROUNDING = 1e-13;

    private final double[] logits;
    private final boolean[] patients;
    private final int[] subjects;
    private final int count;
    private final boolean few;

    CalibrationLine(List<RecordingScore> scores) {
        logits = scores.stream().mapToDouble(one -> TemperatureScaling.logit(one.probability())).toArray();
        patients = new boolean[logits.length];
        for (int i = 0; i < patients.length; i++) {
            patients[i] = scores.get(i).label() == Label.PATIENT;
        }
        SubjectBootstrap numbers = new SubjectBootstrap(scores, 0);
        subjects = numbers.numbers(scores);
        count = numbers.subjects();
        few = subjects(scores, one -> one.label() == Label.PATIENT) < FEWEST
                || subjects(scores, one -> one.label() == Label.CONTROL) < FEWEST;
    }

    private static long subjects(List<RecordingScore> scores, Predicate<RecordingScore> condition) {
        return scores.stream().filter(condition).map(RecordingScore::subject).distinct().count();
    }

    /** Returns the intercept with the log odds as they are; NaN unless both classes are present. */
    Estimate intercept() {
        boolean any = false;
        boolean all = true;
        for (boolean patient : patients) {
            any |= patient;
            all &= patient;
        }
        if (!any || all) {
            return Estimate.of(Double.NaN);
        }
        double intercept = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            double gradient = 0;
            double curvature = 0;
            for (int i = 0; i < logits.length; i++) {
                double p = TemperatureScaling.probability(logits[i] + intercept);
                gradient += (patients[i] ? 1 : 0) - p;
                curvature += p * (1 - p);
            }
            // Far from the solution the curvature all but vanishes, where a whole step overshoots.
            double move = Math.max(-1, Math.min(1, gradient / curvature));
            intercept += move;
            if (Math.abs(move) < SMALL_STEP) {
                break;
            }
        }
        double curvature = 0;
        double[] residuals = new double[count];
        for (int i = 0; i < logits.length; i++) {
            double p = TemperatureScaling.probability(logits[i] + intercept);
            curvature += p * (1 - p);
            residuals[subjects[i]] += (patients[i] ? 1 : 0) - p;
        }
        double squares = 0;
        for (double one : residuals) {
            squares += one * one;
        }
        return estimate(intercept, squares / (curvature * curvature), 1);
    }

    /** Returns the slope over the log odds; NaN where a threshold separates the classes, so that it has no bound. */
    Estimate slope() {
        if (separated()) {
            return Estimate.of(Double.NaN);
        }
        double a = 0;
        double b = 0;
        double loss = loss(a, b);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] sums = sums(a, b);
            double determinant = sums[2] * sums[4] - sums[3] * sums[3];
            double moveA = (sums[4] * sums[0] - sums[3] * sums[1]) / determinant;
            double moveB = (sums[2] * sums[1] - sums[3] * sums[0]) / determinant;
            double scale = 1;
            // A loss that rises by rounding alone does not shorten the last steps.
            while (loss(a + scale * moveA, b + scale * moveB) > loss * (1 + ROUNDING) && scale > SMALL_STEP) {
                scale /= 2;
            }
            a += scale * moveA;
            b += scale * moveB;
            loss = loss(a, b);
            if (Math.abs(moveA) + Math.abs(moveB) < SMALL_STEP) {
                break;
            }
        }
        double[] sums = sums(a, b);
        double determinant = sums[2] * sums[4] - sums[3] * sums[3];
        double[] influences = new double[count];
        for (int i = 0; i < logits.length; i++) {
            double residual = (patients[i] ? 1 : 0) - TemperatureScaling.probability(a + b * logits[i]);
            influences[subjects[i]] += residual * (sums[2] * logits[i] - sums[3]) / determinant;
        }
        double variance = 0;
        for (double one : influences) {
            variance += one * one;
        }
        return estimate(b, variance, 2);
    }

    /** Returns the gradient and the curvature: the sums of r, r x, w, w x and w x². */
    private double[] sums(double a, double b) {
        double[] sums = new double[5];
        for (int i = 0; i < logits.length; i++) {
            double p = TemperatureScaling.probability(a + b * logits[i]);
            double residual = (patients[i] ? 1 : 0) - p;
            double weight = p * (1 - p);
            sums[0] += residual;
            sums[1] += residual * logits[i];
            sums[2] += weight;
            sums[3] += weight * logits[i];
            sums[4] += weight * logits[i] * logits[i];
        }
        return sums;
    }

    private double loss(double a, double b) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double margin = patients[i] ? -(a + b * logits[i]) : a + b * logits[i];
            sum += Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
        }
        return sum;
    }

    private boolean separated() {
        double[] lowest = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] highest = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < logits.length; i++) {
            int side = patients[i] ? 1 : 0;
            lowest[side] = Math.min(lowest[side], logits[i]);
            highest[side] = Math.max(highest[side], logits[i]);
        }
        return highest[0] <= lowest[1] || highest[1] <= lowest[0];
    }

    private Estimate estimate(double value, double variance, int parameters) {
        if (few || count < 2) {
            return Estimate.of(value);
        }
        double n = logits.length;
        double corrected = variance * count / (count - 1) * (n - 1) / (n - parameters);
        double reach = Math.sqrt(corrected) * new TDistribution(null, count - 1).inverseCumulativeProbability(1 - TAIL);
        return Estimate.of(value, value - reach, value + reach);
    }
}
