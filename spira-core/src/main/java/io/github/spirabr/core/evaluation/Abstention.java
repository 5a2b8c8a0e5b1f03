package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.recording.Label;
import java.util.Comparator;
import java.util.List;

/**
 * How the band around the threshold is chosen in which a recording is called inconclusive, by the answers to the
 * validation side. The band is as wide on either side of the threshold in log odds, so that the answers which are left
 * undecided are those of the least confidence (selective classification: El-Yaniv and Wiener 2010). Immutable and
 * thread-safe.
 *
 * @param rule what is wished for
 * @param value the wished share; 0 for {@link Rule#NONE}
 */
public record Abstention(Rule rule, double value) {

    /** Ways to choose a band. */
    public enum Rule {
        /** Every recording is called one or the other. */
        NONE,
        /**
         * The narrowest band outside of which the wished share of the answers is right; if there is none, the narrowest
         * of those outside of which the greatest share is.
         */
        ACCURACY,
        /** The widest band outside of which the wished share of all answers still lies. */
        COVERAGE
    }

    /** Answers at the same distance on both sides differ by rounding alone. */
    private static final double TIED = 1e-9;

    /** Never: every recording is decided. */
    public static final Abstention NONE = new Abstention(Rule.NONE, 0);

    /** Refuses values that are no share. */
    public Abstention {
        if (rule == Rule.NONE) {
            value = 0;
        } else if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException("the " + (rule == Rule.ACCURACY ? "accuracy" : "coverage")
                    + " of an abstention must be in (0, 1), but was " + value);
        }
    }

    /**
     * By {@link Rule#ACCURACY}.
     *
     * @param accuracy of the answers that are decided, in (0, 1)
     */
    public static Abstention accuracyOf(double accuracy) {
        return new Abstention(Rule.ACCURACY, accuracy);
    }

    /**
     * By {@link Rule#COVERAGE}.
     *
     * @param coverage share of the answers that are decided, in (0, 1)
     */
    public static Abstention coverageOf(double coverage) {
        return new Abstention(Rule.COVERAGE, coverage);
    }

    /** An answer by how sure it is. */
    private record Distant(double distance, boolean right) {}

    /**
     * How far the band reaches from the threshold to either side, in log odds; 0 for no band. It ends half way between
     * two answers. At least one answer is decided.
     *
     * @param validation answers to the validation side, at the threshold that was chosen
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

    /** Without the bounds of {@link TemperatureScaling}: an answer of 0 or 1 is decided by any band. */
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
