package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.recording.Label;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * A calibration that divides the logit of a probability by one number that was fitted on validation answers (Guo et
 * al., "On Calibration of Modern Neural Networks", 2017). The order of probabilities stays, and so do all ranking
 * metrics.
 *
 * @param temperature above 1 for an overconfident model, below 1 for an underconfident one; above 0
 */
public record TemperatureScaling(double temperature) {

    /** A temperature of 1, which changes nothing. */
    public static final TemperatureScaling NONE = new TemperatureScaling(1);

    private static final double EPSILON = 1e-7;
    private static final double LEAST = 0.05;
    private static final double MOST = 20;

    /** Refuses an invalid temperature. */
    public TemperatureScaling {
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("the temperature must be above 0, but was " + temperature);
        }
    }

    /**
     * Fits the temperature of the least log loss, within [0.05, 20].
     *
     * @param validation answers on the validation set
     */
    public static TemperatureScaling fit(Evaluation validation) {
        double logarithm = new BrentOptimizer(1e-9, 1e-9)
                .optimize(
                        new MaxEval(1000),
                        GoalType.MINIMIZE,
                        new SearchInterval(Math.log(LEAST), Math.log(MOST), 0),
                        new UnivariateObjectiveFunction(t -> logLoss(validation, Math.exp(t))))
                .getPoint();
        return new TemperatureScaling(Math.exp(logarithm));
    }

    private static double logLoss(Evaluation validation, double temperature) {
        double sum = 0;
        for (RecordingScore score : validation.scores()) {
            double logit = logit(score.probability()) / temperature;
            // ln(1 + e^x) without overflow.
            double margin = score.label() == Label.PATIENT ? -logit : logit;
            sum += Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
        }
        return sum;
    }

    /** Returns the log odds of a probability clamped to [1e-7, 1 - 1e-7]. */
    static double logit(double probability) {
        double p = Math.min(1 - EPSILON, Math.max(EPSILON, probability));
        return Math.log(p / (1 - p));
    }

    /** Returns the probability of these log odds. */
    static double probability(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /**
     * Returns the scaled probability.
     *
     * @param probability probability, in [0, 1]
     */
    public double apply(double probability) {
        return temperature == 1 ? probability : probability(logit(probability) / temperature);
    }
}
