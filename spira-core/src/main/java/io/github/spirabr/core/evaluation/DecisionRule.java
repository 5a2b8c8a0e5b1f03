package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.model.Aggregation;
import java.util.Optional;

/**
 * A rule that turns a model's answer into a decision: it aggregates and calibrates window probabilities, and compares
 * the result with a threshold; around the threshold there may be an inconclusive band. Chosen on validation data,
 * stored with the model, and never changed afterwards.
 *
 * @param aggregation the aggregation of window probabilities
 * @param calibration the calibration of a recording's probability
 * @param threshold recordings of this calibrated probability or more are classified as patient; in [0, 1]
 * @param lower recordings below this calibrated probability are decided as control; in [0, threshold]
 * @param upper recordings of this calibrated probability or more are decided as patient; in [threshold, 1]
 */
public record DecisionRule(
        Aggregation aggregation, TemperatureScaling calibration, double threshold, double lower, double upper) {

    /** The uncalibrated mean of the window probabilities, with the threshold 0.5. */
    public static final DecisionRule STANDARD = new DecisionRule(TemperatureScaling.NONE, Evaluator.DEFAULT_THRESHOLD);

    /** Refuses an invalid threshold, and a band that is not around it. */
    public DecisionRule {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("the threshold must be in [0, 1], but was " + threshold);
        }
        if (!(lower >= 0 && lower <= threshold && upper >= threshold && upper <= 1)) {
            throw new IllegalArgumentException("the inconclusive band must be within [0, 1] and hold the threshold "
                    + threshold + ", but was from " + lower + " to " + upper);
        }
    }

    /** Creates a rule that decides every recording, by the mean of its windows. */
    public DecisionRule(TemperatureScaling calibration, double threshold) {
        this(Aggregation.mean(), calibration, threshold, threshold, threshold);
    }

    /**
     * Chooses a rule.
     *
     * @param validation the model's own answers on the validation set, of both classes
     * @param aggregation the aggregation of window probabilities
     * @param calibrate whether to fit a temperature; the threshold then applies to calibrated probabilities
     * @param point the choice of the threshold
     * @param abstention the choice of the inconclusive band around the threshold
     */
    public static DecisionRule choose(
            Evaluation validation,
            Aggregation aggregation,
            boolean calibrate,
            OperatingPoint point,
            Abstention abstention) {
        Evaluation aggregated = validation.aggregated(aggregation);
        TemperatureScaling calibration = calibrate ? TemperatureScaling.fit(aggregated) : TemperatureScaling.NONE;
        Evaluation calibrated = aggregated.calibrated(calibration);
        double threshold = point.threshold(calibrated);
        double reach = abstention.reach(calibrated.at(threshold));
        if (reach == 0) {
            return new DecisionRule(aggregation, calibration, threshold, threshold, threshold);
        }
        double centre = TemperatureScaling.logit(threshold);
        return new DecisionRule(
                aggregation,
                calibration,
                threshold,
                Math.min(threshold, TemperatureScaling.probability(centre - reach)),
                Math.max(threshold, TemperatureScaling.probability(centre + reach)));
    }

    /**
     * Returns a model's answers under this rule, all of them at the threshold, including those in the band.
     *
     * @param answers the model's own
     */
    public Evaluation apply(Evaluation answers) {
        return answers.aggregated(aggregation).calibrated(calibration).at(threshold);
    }

    /**
     * Computes a recording's probability of the patient class by this rule.
     *
     * @param windows the model's probability of each window, in time order, at least one
     */
    public double probability(double[] windows) {
        return calibration.apply(aggregation.of(windows));
    }

    /**
     * Decides a recording's diagnosis.
     *
     * @param probability calibrated
     */
    public Diagnosis decide(double probability) {
        if (probability >= upper) {
            return Diagnosis.POSITIVE;
        }
        return probability < lower ? Diagnosis.NEGATIVE : Diagnosis.INCONCLUSIVE;
    }

    /** Returns whether the inconclusive band is not empty. */
    public boolean abstains() {
        return lower < upper;
    }

    /**
     * Returns the decided answers; empty if all are undecided.
     *
     * @param applied answers under this rule, see {@link #apply}
     */
    public Optional<Evaluation> decided(Evaluation applied) {
        return applied.where(score -> decide(score.probability()) != Diagnosis.INCONCLUSIVE);
    }
}
