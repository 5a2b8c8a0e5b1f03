package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.recording.Label;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A rule that chooses the threshold at and above which a recording is classified as patient: fixed, or by the model's
 * answers on the validation set. Immutable and thread-safe.
 */
public record OperatingPoint(Rule rule, double value) {

    /** Ways to choose a threshold. */
    public enum Rule {
        /** A fixed threshold. */
        FIXED,
        /** The largest sensitivity + specificity (Youden 1950); of several thresholds the one nearest to 0.5. */
        YOUDEN,
        /**
         * The fewest false positives among the thresholds that reach a target sensitivity; of several with as few, which lie
         * between the same two controls, the one nearest to 0.5.
         */
        SENSITIVITY
    }

    /** Refuses values that are not a share. */
    public OperatingPoint {
        if (rule == Rule.YOUDEN) {
            value = 0;
        } else {
            requireShare(rule == Rule.FIXED ? "threshold" : "sensitivity", value);
        }
    }

    /**
     * Returns an operating point with a fixed threshold.
     *
     * @param threshold threshold, in (0, 1)
     */
    public static OperatingPoint fixed(double threshold) {
        return new OperatingPoint(Rule.FIXED, threshold);
    }

    /** Returns an operating point by {@link Rule#YOUDEN}. */
    public static OperatingPoint youden() {
        return new OperatingPoint(Rule.YOUDEN, 0);
    }

    /**
     * Returns an operating point by {@link Rule#SENSITIVITY}.
     *
     * @param sensitivity sensitivity, in (0, 1)
     */
    public static OperatingPoint sensitivityOf(double sensitivity) {
        return new OperatingPoint(Rule.SENSITIVITY, sensitivity);
    }

    private static void requireShare(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException("the " + name + " must be in (0, 1), but was " + value);
        }
    }

    /**
     * Returns the threshold.
     *
     * @param validation answers on the validation set, of both classes
     */
    public double threshold(Evaluation validation) {
        return switch (rule) {
            case FIXED -> value;
            case YOUDEN -> best(validation, matrix -> matrix.sensitivity() + matrix.specificity());
            case SENSITIVITY -> best(validation,
                    matrix -> matrix.sensitivity() >= value ? matrix.specificity() : matrix.sensitivity() - 2);
        };
    }

    private static double best(Evaluation validation, ToDoubleFunction<ConfusionMatrix> merit) {
        for (Label label : Label.values()) {
            if (validation.scores().stream().noneMatch(score -> score.label() == label)) {
                throw new IllegalArgumentException("the answers that choose a threshold must include the class " + label);
            }
        }
        List<Double> levels =
                validation.scores().stream().map(RecordingScore::probability).distinct().sorted().toList();
        double best = Evaluator.DEFAULT_THRESHOLD;
        double bestMerit = merit.applyAsDouble(validation.at(best).confusionMatrix());
        for (int i = 0; i <= levels.size(); i++) {
            // Half way between two answers, as far from both as can be.
            double lower = i == 0 ? 0 : levels.get(i - 1);
            double upper = i == levels.size() ? 1 : levels.get(i);
            double threshold = (lower + upper) / 2;
            double value = merit.applyAsDouble(validation.at(threshold).confusionMatrix());
            boolean nearer = Math.abs(threshold - 0.5) < Math.abs(best - 0.5);
            if (value > bestMerit || value == bestMerit && nearer) {
                best = threshold;
                bestMerit = value;
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return switch (rule) {
            case FIXED -> "fixed at " + value;
            case YOUDEN -> "largest sensitivity + specificity on validation data";
            case SENSITIVITY -> "sensitivity of " + value + " on validation data";
        };
    }
}
