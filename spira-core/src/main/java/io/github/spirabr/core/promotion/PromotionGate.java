package io.github.spirabr.core.promotion;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.PairedComparison;
import io.github.spirabr.core.probe.ProbeResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a challenger may take the champion's place, by their answers to the same held-out recordings.
 *
 * <p>The challenger passes if it is not worse than the champion by more than a margin on each chosen metric (paired
 * bootstrap over subjects: the lower end of the 95 % interval of its gain, {@link PairedComparison}), no group is
 * worse by more than a bound, no probe has failed, and its calibration error is within a bound. Without a champion, the
 * least values, the calibration and the probes alone decide. A gate without any margin, least value or
 * {@link Builder#aboveChance} promotes nobody.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * PromotionGate gate = PromotionGate.standard().toBuilder()
 *         .atLeast(Metric.AUROC, 0.7)
 *         .addGroup(new PromotionGate.GroupRule("sex", Metric.BALANCED_ACCURACY, 0.1, 5))
 *         .build();
 * }</pre>
 */
public final class PromotionGate {

    private final Map<Metric, Double> margins;
    private final Map<Metric, Double> least;
    private final List<GroupRule> groups;
    private final OptionalDouble calibration;
    private final boolean aboveChance;
    private final boolean beatBaseline;
    private final int subjects;
    private final Evidence evidence;
    private final int replicates;

    private PromotionGate(Builder builder) {
        margins = Collections.unmodifiableMap(new EnumMap<>(builder.margins));
        least = Collections.unmodifiableMap(new EnumMap<>(builder.least));
        groups = List.copyOf(builder.groups);
        calibration = builder.calibration;
        aboveChance = builder.aboveChance;
        beatBaseline = builder.beatBaseline;
        subjects = builder.subjects;
        evidence = builder.evidence;
        replicates = builder.replicates;
    }

    /** The evidence required that the challenger is within a margin. */
    public enum Evidence {
        /** The whole 95 % interval of the difference must be within the margin: the challenger is shown not to be worse. */
        INTERVAL,
        /** The difference itself must be within the margin: for held-out sets that are too small for intervals. */
        ESTIMATE
    }

    /**
     * A bound for the groups of a column.
     *
     * @param column the manifest's column that defines the groups, such as {@code sex}, {@code hospital} or {@code
     *     device}
     * @param metric the compared metric
     * @param margin the largest amount by which the challenger may be worse than the champion
     * @param subjects number of held-out subjects that a group needs to be judged
     */
    public record GroupRule(String column, Metric metric, double margin, int subjects) {

        /** Refuses a negative margin, and less than one subject. */
        public GroupRule {
            requireMargin(metric, margin);
            if (subjects < 1) {
                throw new IllegalArgumentException("the subjects that a group needs must be at least 1, but were " + subjects);
            }
        }
    }

    private static void requireMargin(Metric metric, double margin) {
        if (!(margin >= 0)) {
            throw new IllegalArgumentException("the margin of " + metric + " must be 0 or more, but was " + margin);
        }
    }

    /**
     * Returns the standard gate: AUROC at most 0.02 and balanced accuracy at most 0.05 worse, by the whole interval; at
     * least 10 held-out subjects of each class. With or without a champion, the lower end of the AUROC's 95 % interval
     * must be above 0.5, which is chance.
     */
    public static PromotionGate standard() {
        return builder().aboveChance(true).notWorse(Metric.AUROC, 0.02).notWorse(Metric.BALANCED_ACCURACY, 0.05).build();
    }

    /** Returns a builder of a gate without thresholds, which promotes no model. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the settings of this gate. */
    public Builder toBuilder() {
        Builder builder = builder();
        builder.margins.putAll(margins);
        builder.least.putAll(least);
        builder.groups.addAll(groups);
        builder.calibration = calibration;
        return builder.aboveChance(aboveChance).beatBaseline(beatBaseline).subjects(subjects).evidence(evidence)
                .replicates(replicates);
    }

    /** Returns the margins by which metrics may be worse than the champion's. */
    public Map<Metric, Double> margins() {
        return margins;
    }

    /** Returns the minimum values of metrics; the maximum values of those for which less is better. */
    public Map<Metric, Double> leastValues() {
        return least;
    }

    /** Returns the rules for groups. */
    public List<GroupRule> groups() {
        return groups;
    }

    /** Returns the largest expected calibration error that passes; empty for no limit. */
    public OptionalDouble calibrationError() {
        return calibration;
    }

    /** Returns true if the lower end of the interval of the challenger's AUROC must be above 0.5. */
    public boolean aboveChance() {
        return aboveChance;
    }

    /** Returns true if the challenger's AUROC must be above that of logistic regression on speech statistics. */
    public boolean beatBaseline() {
        return beatBaseline;
    }

    /** Returns the least number of held-out subjects of each class. */
    public int subjects() {
        return subjects;
    }

    /** Returns the evidence that is required. */
    public Evidence evidence() {
        return evidence;
    }

    /** Returns the number of bootstrap replicates. */
    public int replicates() {
        return replicates;
    }

    /**
     * The data that a gate judges.
     *
     * @param challenger its answers to the held-out recordings
     * @param champion answers to the very same recordings; empty if there is no champion
     * @param groups groups, by column, the value of each recording, by its id
     * @param reference subjects whose recordings alone are used for a second check of the margins; may be empty
     * @param probes the summary of the challenger's probes
     * @param limits results of the checks of a change plan
     * @param seed seed of the draws
     */
    public record Question(
            Evaluation challenger,
            Optional<Evaluation> champion,
            Map<String, Map<String, String>> groups,
            Set<String> reference,
            List<ProbeResult> probes,
            List<Check> limits,
            long seed) {

        /** Copies the collections. */
        public Question {
            groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
            reference = Set.copyOf(reference);
            probes = List.copyOf(probes);
            limits = List.copyOf(limits);
        }
    }

    /** Judges a challenger; the verdict lists every check. */
    public Verdict judge(Question question) {
        return new GateChecks(this, question).verdict();
    }

    /** A builder of gates. Not thread-safe. */
    public static final class Builder {

        private final Map<Metric, Double> margins = new EnumMap<>(Metric.class);
        private final Map<Metric, Double> least = new EnumMap<>(Metric.class);
        private final List<GroupRule> groups = new ArrayList<>();
        private OptionalDouble calibration = OptionalDouble.empty();
        private boolean aboveChance;
        private boolean beatBaseline;
        private int subjects = 10;
        private Evidence evidence = Evidence.INTERVAL;
        private int replicates = 2000;

        private Builder() {}

        /**
         * Sets the margin by which the challenger may be worse.
         *
         * @param margin 0 or more, in the metric's unit; for a loss, the largest allowed increase
         */
        public Builder notWorse(Metric metric, double margin) {
            requireMargin(metric, margin);
            margins.put(metric, margin);
            return this;
        }

        /** Sets the minimum value of a metric; the maximum if less is better. Applies to the first champion, too. */
        public Builder atLeast(Metric metric, double value) {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("the least value of " + metric + " must be a number");
            }
            least.put(metric, value);
            return this;
        }

        /** Adds a rule for the groups of a column. */
        public Builder addGroup(GroupRule rule) {
            groups.add(rule);
            return this;
        }

        /** Sets the largest expected calibration error, in (0, 1]; by default there is no limit. */
        public Builder calibrationError(double largest) {
            if (!(largest > 0 && largest <= 1)) {
                throw new IllegalArgumentException("the calibration error must be above 0 and at most 1, but was " + largest);
            }
            calibration = OptionalDouble.of(largest);
            return this;
        }

        /**
         * Sets whether the lower end of the 95 % interval of the challenger's AUROC must be above 0.5, which is chance. Applies
         * to the first champion, too; by default false, and true in {@link PromotionGate#standard()}.
         */
        public Builder aboveChance(boolean required) {
            aboveChance = required;
            return this;
        }

        /**
         * Sets whether the challenger's AUROC must be above that of logistic regression on speech statistics, {@link
         * ProbeResult#BASELINE}: by the whole interval or the difference itself, as {@link #evidence} says. A challenger whose
         * run has no baseline fails. Applies to the first champion, too; by default false.
         */
        public Builder beatBaseline(boolean required) {
            beatBaseline = required;
            return this;
        }

        /** Sets the least number of held-out subjects of each class, at least 1; by default 10. */
        public Builder subjects(int ofEachClass) {
            if (ofEachClass < 1) {
                throw new IllegalArgumentException("the subjects of each class must be at least 1, but were " + ofEachClass);
            }
            subjects = ofEachClass;
            return this;
        }

        /** Sets the required evidence; by default the whole interval must lie within the margin. */
        public Builder evidence(Evidence required) {
            evidence = required;
            return this;
        }

        /** Sets the number of bootstrap replicates, at least 100; by default 2000. */
        public Builder replicates(int count) {
            if (count < 100) {
                throw new IllegalArgumentException("the replicates must be at least 100, but were " + count);
            }
            replicates = count;
            return this;
        }

        /** Builds the gate. */
        public PromotionGate build() {
            return new PromotionGate(this);
        }
    }

    /**
     * One check of a gate, with the values that decide it.
     */
    public static final class Check {

        private final String name;
        private final Result result;
        private final String finding;
        private final double value;
        private final double lower;
        private final double upper;
        private final double bound;
        private final int recordings;
        private final int subjects;

        private Check(Builder builder) {
            name = builder.name;
            result = builder.result;
            finding = builder.finding;
            value = builder.value;
            lower = builder.lower;
            upper = builder.upper;
            bound = builder.bound;
            recordings = builder.recordings;
            subjects = builder.subjects;
        }

        /** Returns a builder, for tests and for adapters that restore a stored value. */
        public static Builder builder(String name, Result result, String finding) {
            return new Builder(name, result, finding);
        }

        /** Returns a short and stable name, such as {@code AUROC} or {@code sex=F BALANCED_ACCURACY}. */
        public String name() {
            return name;
        }

        /** Returns the result of the check. */
        public Result result() {
            return result;
        }

        /** Returns the finding, in one sentence. */
        public String finding() {
            return finding;
        }

        /** Returns the deciding value; NaN if there is none. */
        public double value() {
            return value;
        }

        /** Returns the lower end of its 95 % interval; NaN if undefined. */
        public double lower() {
            return lower;
        }

        /** Returns the upper end of its 95 % interval; NaN if undefined. */
        public double upper() {
            return upper;
        }

        /** Returns the bound that the value is compared with; NaN if there is none. */
        public double bound() {
            return bound;
        }

        /** Returns the number of recordings. */
        public int recordings() {
            return recordings;
        }

        /** Returns the number of their subjects. */
        public int subjects() {
            return subjects;
        }

        /** The result of a check. */
        public enum Result {
            /** Nothing speaks against the challenger. */
            PASSED,
            /** The challenger must not become champion. */
            FAILED,
            /** There is too little data, or nothing to compare with; the check does not stop the challenger. */
            NOT_JUDGED
        }

        /** Returns a check without numbers. */
        public static Check of(String name, Result result, String finding) {
            return Check.builder(name, result, finding)
                    .build();
        }

        private List<Object> values() {
            return List.of(name, result, finding, value, lower, upper, bound, recordings, subjects);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Check that && values().equals(that.values());
        }

        @Override
        public int hashCode() {
            return values().hashCode();
        }

        @Override
        public String toString() {
            return "Check" + values();
        }

        /** A builder of a {@link Check}. Each method replaces a value. Not thread-safe. */
        public static final class Builder {

            private final String name;
            private final Result result;
            private final String finding;
            private double value = Double.NaN;
            private double lower = Double.NaN;
            private double upper = Double.NaN;
            private double bound = Double.NaN;
            private int recordings;
            private int subjects;

            private Builder(String name, Result result, String finding) {
                this.name = name;
                this.result = result;
                this.finding = finding;
            }

            /** Sets {@link Check#value}. */
            public Builder value(double value) {
                this.value = value;
                return this;
            }

            /** Sets both ends of the 95 % interval; NaN if it is undefined. */
            public Builder interval(double lower, double upper) {
                this.lower = lower;
                this.upper = upper;
                return this;
            }

            /** Sets {@link Check#bound}. */
            public Builder bound(double bound) {
                this.bound = bound;
                return this;
            }

            /** Sets {@link Check#recordings}. */
            public Builder recordings(int recordings) {
                this.recordings = recordings;
                return this;
            }

            /** Sets {@link Check#subjects}. */
            public Builder subjects(int subjects) {
                this.subjects = subjects;
                return this;
            }

            /** Returns the value. */
            public Check build() {
                return new Check(this);
            }
        }
    }

    /**
     * The verdict of a {@link PromotionGate} on a challenger.
     *
     * @param outcome whether the challenger may become champion, or the kind of obstacle
     * @param reason one sentence
     * @param checks all checks, in their order
     */
    public record Verdict(Outcome outcome, String reason, List<Check> checks) {

        /** Copies the list. */
        public Verdict {
            checks = List.copyOf(checks);
        }

        /** The outcomes of a comparison. */
        public enum Outcome {
            /** There was no champion; the challenger becomes the first one. */
            FIRST_CHAMPION,
            /** The challenger is not worse than the champion, and replaces it. */
            PROMOTED,
            /** The challenger failed a check. */
            REJECTED,
            /** There are too few held-out subjects for a comparison. */
            TOO_FEW_SUBJECTS,
            /** The gate has no thresholds to judge by. */
            NO_THRESHOLDS,
            /** A change lies outside the limits of the change plan. */
            OUTSIDE_PLAN
        }
    }
}
