package io.github.spirabr.core.evaluation;

/**
 * How a model's answer becomes a decision: its probability is calibrated, and compared with a threshold. Chosen on
 * validation data, kept with the model, and never changed by what is seen later.
 *
 * @param calibration of a recording's probability
 * @param threshold recordings of this calibrated probability or more are called patients; in [0, 1]
 */
public record DecisionRule(TemperatureScaling calibration, double threshold) {

    /** The mean of the windows' probabilities as it is, compared with 0.5. */
    public static final DecisionRule STANDARD = new DecisionRule(TemperatureScaling.NONE, Evaluator.DEFAULT_THRESHOLD);

    /** Refuses what is no threshold. */
    public DecisionRule {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("the threshold must be in [0, 1], but was " + threshold);
        }
    }

    /**
     * Chooses one.
     *
     * @param validation the model's own answers to the validation side, of both classes
     * @param calibrate whether a temperature is fitted, too; the threshold then is one of calibrated probabilities
     * @param point how the threshold is chosen
     */
    public static DecisionRule choose(Evaluation validation, boolean calibrate, OperatingPoint point) {
        TemperatureScaling calibration = calibrate ? TemperatureScaling.fit(validation) : TemperatureScaling.NONE;
        return new DecisionRule(calibration, point.threshold(validation.calibrated(calibration)));
    }

    /**
     * A model's answers under this rule.
     *
     * @param answers the model's own
     */
    public Evaluation apply(Evaluation answers) {
        return answers.calibrated(calibration).at(threshold);
    }

    /**
     * Whether a recording is called a patient's.
     *
     * @param probability calibrated
     */
    public boolean callsPatient(double probability) {
        return probability >= threshold;
    }
}
