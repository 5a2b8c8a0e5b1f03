package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.recording.Label;
import java.util.Comparator;
import java.util.List;

/**
 * A rule that chooses the inconclusive band around the threshold by the model's answers on the validation set. The band
 * is equally wide on both sides of the threshold in log odds, so that the undecided answers are those of the lowest
 * confidence (selective classification: El-Yaniv and Wiener 2010). Immutable and thread-safe.
 *
 * @param rule the kind of rule
 * @param value the target share; 0 for {@link Rule#NONE}
 */
public record Abstention(Rule rule, double value) {

    /** Ways to choose a band. */
    public enum Rule {
        /** Every recording is decided. */
        NONE,
        /**
         * The narrowest band outside of which the target share of the answers is right; if no band reaches it, the
         * narrowest of those with the largest share.
         */
        ACCURACY,
        /** The widest band outside of which the target share of all answers still lies. */
        COVERAGE
    }

    /** Tolerance for rounding: answers whose distances differ by less are at the same distance. */
    private static final double TIED = 1e-9;

    /** Abstains never: every recording is decided. */
    public static final Abstention NONE = new Abstention(Rule.NONE, 0);

    /** Refuses values that are not a share. */
    public Abstention {
        if (rule == Rule.NONE) {
            value = 0;
        } else if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException("the " + (rule == Rule.ACCURACY ? "accuracy" : "coverage")
                    + " of an abstention must be in (0, 1), but was " + value);
        }
    }

    /**
     * Returns an abstention by {@link Rule#ACCURACY}.
     *
     * @param accuracy target accuracy of the decided answers, in (0, 1)
     */
    public static Abstention accuracyOf(double accuracy) {
        return new Abstention(Rule.ACCURACY, accuracy);
    }

    /**
     * Returns an abstention by {@link Rule#COVERAGE}.
     *
     * @param coverage target share of decided answers, in (0, 1)
     */
    public static Abstention coverageOf(double coverage) {
        return new Abstention(Rule.COVERAGE, coverage);
    }

    /** An answer by its distance from the threshold. */
    private record Distant(double distance, boolean right) {}

    /**
     * Computes the half-width of the band around the threshold, in log odds; 0 for no band. The band ends half way
     * between two answers. At least one answer is decided.
     *
     * @param validation answers on the validation set, at the chosen threshold
     */
    double reach(Evaluation validation) {
        if (rule == Rule.NONE) {
            return 0;
        }
        double centre = TemperatureScaling.logit(validation.threshold());
        List<Distant> answers = validation.scores().stream()
                .map(score -> new Distant(
                        Math.abs(logOdds(score.probability()) - centre),
                        score.probability() >= validation.threshold() == (score.label() == Label.PATIENT)))
                .sorted(Comparator.comparingDouble(Distant::distance).reversed())
                .toList();
        double narrowest = 0;
        double best = 0;
        int right = 0;
        for (int decided = 1; decided <= answers.size(); decided++) {
            Distant last = answers.get(decided - 1);
            right += last.right ? 1 : 0;
            boolean all = decided == answers.size();
            if (!all && areTied(last, answers.get(decided))) {
                continue;
            }
            double reach = all ? 0 : between(last, answers.get(decided));
            if (rule == Rule.COVERAGE) {
                if (decided >= value * answers.size()) {
                    return reach;
                }
                continue;
            }
            // More and more are decided, so that of equals the last is the narrowest.
            double accuracy = Math.min(value, (double) right / decided);
            if (accuracy >= best) {
                best = accuracy;
                narrowest = reach;
            }
        }
        return narrowest;
    }

    /**
     * Computes log odds without the bounds of {@link TemperatureScaling}: an answer of 0 or 1 is decided by any band.
     */
    private static double logOdds(double probability) {
        return Math.log(probability) - Math.log1p(-probability);
    }

    private static boolean areTied(Distant one, Distant next) {
        return one.distance == next.distance || one.distance - next.distance < TIED;
    }

    private static double between(Distant one, Distant next) {
        return one.distance == Double.POSITIVE_INFINITY ? next.distance + 1 : (one.distance + next.distance) / 2;
    }

    @Override
    public String toString() {
        return switch (rule) {
            case NONE -> "none";
            case ACCURACY -> "accuracy of " + value + " of what is decided on validation data";
            case COVERAGE -> "coverage of " + value + " on validation data";
        };
    }
}
