package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.model.Aggregation;
import java.util.Optional;

/**
 * How a model's answer becomes a decision: the probabilities of its windows are put together, calibrated, and compared with
 * a threshold; around that there may be a band in which nothing is decided. Chosen on validation data, kept with the
 * model, and never changed by what is seen later.
 *
 * @param aggregation makes a recording's probability of its windows'
 * @param calibration of a recording's probability
 * @param threshold recordings of this calibrated probability or more are called patients; in [0, 1]
 * @param lower recordings of less than this calibrated probability are decided to be controls'; in [0, threshold]
 * @param upper recordings of this calibrated probability or more are decided to be patients'; in [threshold, 1]
 */
public record DecisionRule(
        Aggregation aggregation, TemperatureScaling calibration, double threshold, double lower, double upper) {

    /** The mean of the windows' probabilities as it is, compared with 0.5. */
    public static final DecisionRule STANDARD = new DecisionRule(TemperatureScaling.NONE, Evaluator.DEFAULT_THRESHOLD);

    /** Refuses what is no threshold, and a band that is not around it. */
    public DecisionRule {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("the threshold must be in [0, 1], but was " + threshold);
        }
        if (!(lower >= 0 && lower <= threshold && upper >= threshold && upper <= 1)) {
            throw new IllegalArgumentException("the inconclusive band must be within [0, 1] and hold the threshold "
                    + threshold + ", but was from " + lower + " to " + upper);
        }
    }

    /** A rule that decides every recording, by the mean of its windows. */
    public DecisionRule(TemperatureScaling calibration, double threshold) {
        this(Aggregation.mean(), calibration, threshold, threshold, threshold);
    }

    /**
     * Chooses one.
     *
     * @param validation the model's own answers to the validation side, of both classes
     * @param aggregation makes a recording's probability of its windows'
     * @param calibrate whether a temperature is fitted, too; the threshold then is one of calibrated probabilities
     * @param point how the threshold is chosen
     * @param abstention how the inconclusive band around the threshold is chosen
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
     * A model's answers under this rule, all of them at the threshold, those in the band too.
     *
     * @param answers the model's own
     */
    public Evaluation apply(Evaluation answers) {
        return answers.aggregated(aggregation).calibrated(calibration).at(threshold);
    }

    /**
     * A recording's probability of being a patient's, by this rule.
     *
     * @param windows the model's probability of each window, in time order, at least one
     */
    public double probability(double[] windows) {
        return calibration.apply(aggregation.of(windows));
    }

    /**
     * What a recording is called.
     *
     * @param probability calibrated
     */
    public Diagnosis decide(double probability) {
        if (probability >= upper) {
            return Diagnosis.POSITIVE;
        }
        return probability < lower ? Diagnosis.NEGATIVE : Diagnosis.INCONCLUSIVE;
    }

    /** Whether there are probabilities that are not decided. */
    public boolean abstains() {
        return lower < upper;
    }

    /**
     * Those of the answers that are decided; empty if none is.
     *
     * @param applied answers under this rule, see {@link #apply}
     */
    public Optional<Evaluation> decided(Evaluation applied) {
        return applied.where(score -> decide(score.probability()) != Diagnosis.INCONCLUSIVE);
    }
}
