package io.github.spirabr.core.continuous;

import io.github.spirabr.core.continuous.GateCheck.Result;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.PairedComparison;
import io.github.spirabr.core.evaluation.ProbeResult;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * Decides whether a challenger may take the champion's place, by their answers to the same held-out recordings.
 *
 * <p>The challenger passes if it is not worse than the champion by more than a margin on each chosen metric (paired
 * bootstrap over subjects: the lower end of the 95 % interval of what it gains, {@link PairedComparison}), no group is
 * worse by more than a bound, no probe has failed, and its calibration error is within a bound. Without a champion, the
 * least values, the calibration and the probes alone decide. A gate without any margin or least value promotes nobody.
 * Immutable and thread-safe.
 */
public final class PromotionGate {

    private final Map<Metric, Double> margins;
    private final Map<Metric, Double> least;
    private final List<GroupRule> groups;
    private final OptionalDouble calibration;
    private final int subjects;
    private final Evidence evidence;
    private final int replicates;

    private PromotionGate(Builder builder) {
        margins = Collections.unmodifiableMap(new EnumMap<>(builder.margins));
        least = Collections.unmodifiableMap(new EnumMap<>(builder.least));
        groups = List.copyOf(builder.groups);
        calibration = builder.calibration;
        subjects = builder.subjects;
        evidence = builder.evidence;
        replicates = builder.replicates;
    }

    /** How sure it must be that the challenger is within a margin. */
    public enum Evidence {
        /** The whole 95 % interval of the difference must be: the challenger is shown not to be worse. */
        INTERVAL,
        /** The difference itself must be: for held-out sides that are too small for intervals to say anything. */
        ESTIMATE
    }

    /**
     * No group may be worse than this.
     *
     * @param column of the manifest that tells the groups apart, such as {@code sex}, {@code hospital} or {@code device}
     * @param metric that is compared
     * @param margin by how much the challenger's may be worse than the champion's
     * @param subjects how many held-out subjects a group must have to be judged
     */
    public record GroupRule(String column, Metric metric, double margin, int subjects) {

        /** Refuses a negative margin, and less than one subject. */
        public GroupRule {
            requireMargin(metric, margin);
            if (subjects < 1) {
                throw new IllegalArgumentException("a group must have at least 1 subject to be judged, but was " + subjects);
            }
        }
    }

    private static void requireMargin(Metric metric, double margin) {
        if (!(margin >= 0)) {
            throw new IllegalArgumentException("the margin of " + metric + " must be 0 or more, but was " + margin);
        }
    }

    /**
     * AUROC by 0.02 and balanced accuracy by 0.05 at most worse, by the whole interval; at least 10 held-out subjects of
     * each class.
     */
    public static PromotionGate standard() {
        return builder().notWorse(Metric.AUROC, 0.02).notWorse(Metric.BALANCED_ACCURACY, 0.05).build();
    }

    /** A gate without thresholds. */
    public static Builder builder() {
        return new Builder();
    }

    /** By how much a metric may be worse than the champion's. */
    public Map<Metric, Double> margins() {
        return margins;
    }

    /** The values that must be reached; at most these, where less is better. */
    public Map<Metric, Double> leastValues() {
        return least;
    }

    /** The rules for groups. */
    public List<GroupRule> groups() {
        return groups;
    }

    /** The largest expected calibration error that is borne; empty if any is. */
    public OptionalDouble calibrationError() {
        return calibration;
    }

    /** How many held-out subjects of each class it takes to compare. */
    public int subjects() {
        return subjects;
    }

    /** How sure it must be. */
    public Evidence evidence() {
        return evidence;
    }

    /** How often subjects are drawn for an interval. */
    public int replicates() {
        return replicates;
    }

    /**
     * What a gate is asked about.
     *
     * @param challenger its answers to the held-out recordings
     * @param champion answers to the very same recordings; empty if there is no champion
     * @param groups by column, the value of each recording, by its id
     * @param reference subjects by whose recordings alone the margins are judged once more; may be empty
     * @param probes what looks behind the challenger's figures have found
     * @param limits checks of a change plan that were made beforehand
     * @param seed of the draws
     */
    public record Question(
            Evaluation challenger,
            Optional<Evaluation> champion,
            Map<String, Map<String, String>> groups,
            Set<String> reference,
            List<ProbeResult> probes,
            List<GateCheck> limits,
            long seed) {

        /** Copies the collections. */
        public Question {
            groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
            reference = Set.copyOf(reference);
            probes = List.copyOf(probes);
            limits = List.copyOf(limits);
        }
    }

    /** The verdict. */
    public GateVerdict judge(Question question) {
        List<GateCheck> checks = new ArrayList<>(question.limits);
        if (failed(checks)) {
            return new GateVerdict(RoundOutcome.OUTSIDE_PLAN, failures(checks), checks);
        }
        if (margins.isEmpty() && least.isEmpty()) {
            checks.add(GateCheck.of("thresholds", Result.NOT_JUDGED, "the gate has no margins and no least values"));
            return new GateVerdict(RoundOutcome.NO_THRESHOLDS,
                    "nothing says when a challenger is good enough; set margins or least values", checks);
        }
        boolean enough = countSubjects(question.challenger, checks);
        question.champion.ifPresent(champion -> compare(question, champion, enough, checks));
        absolutely(question, checks);
        probes(question.probes, checks);
        if (failed(checks)) {
            return new GateVerdict(RoundOutcome.REJECTED, failures(checks), checks);
        }
        if (question.champion.isEmpty()) {
            return new GateVerdict(RoundOutcome.FIRST_CHAMPION, "there was no champion to compare with; "
                    + (least.isEmpty() ? "no least value is set" : "it reaches the least values"), checks);
        }
        if (!enough) {
            return new GateVerdict(RoundOutcome.TOO_FEW_SUBJECTS, "too few held-out subjects to compare; it takes " + subjects
                    + " of each class", checks);
        }
        boolean compared = checks.stream().noneMatch(check -> check.result() == Result.NOT_JUDGED
                && margins.keySet().stream().anyMatch(metric -> metric.name().equals(check.name())));
        return compared
                ? new GateVerdict(RoundOutcome.PROMOTED, margins.isEmpty()
                        ? "it reaches the least values" : "it is not worse than the champion", checks)
                : new GateVerdict(RoundOutcome.TOO_FEW_SUBJECTS,
                        "a metric cannot be compared on so few held-out subjects", checks);
    }

    private static boolean failed(List<GateCheck> checks) {
        return checks.stream().anyMatch(check -> check.result() == Result.FAILED);
    }

    private static String failures(List<GateCheck> checks) {
        return String.join("; ", checks.stream()
                .filter(check -> check.result() == Result.FAILED).map(GateCheck::finding).toList());
    }

    /** Of the class that has fewer. */
    private static int fewestSubjects(Evaluation evaluation) {
        int fewest = Integer.MAX_VALUE;
        for (Label label : Label.values()) {
            fewest = Math.min(fewest, (int) evaluation.scores().stream()
                    .filter(one -> one.label() == label).map(one -> one.subject()).distinct().count());
        }
        return fewest;
    }

    private boolean countSubjects(Evaluation evaluation, List<GateCheck> checks) {
        int fewest = fewestSubjects(evaluation);
        boolean enough = fewest >= subjects;
        checks.add(new GateCheck("subjects", enough ? Result.PASSED : Result.NOT_JUDGED,
                "the smaller class has " + fewest + " held-out subjects, where " + subjects + " are asked for",
                fewest, Double.NaN, Double.NaN, subjects, evaluation.scores().size(), (int) evaluation.subjects()));
        return enough;
    }

    private void compare(Question question, Evaluation champion, boolean enough, List<GateCheck> checks) {
        margins.forEach((metric, margin) -> checks.add(
                notWorse(metric.name(), champion, question.challenger, metric, margin, enough, false, question.seed)));
        if (!question.reference.isEmpty()) {
            onReference(question, champion, checks);
        }
        for (GroupRule rule : groups) {
            Map<String, String> values = question.groups.getOrDefault(rule.column, Map.of());
            if (values.isEmpty()) {
                checks.add(GateCheck.of(rule.column, Result.NOT_JUDGED,
                        "no held-out recording says its " + rule.column));
                continue;
            }
            SortedMap<String, Evaluation> before = champion.byGroup(values);
            question.challenger.byGroup(values).forEach((group, now) ->
                    checks.add(group(rule, group, before.get(group), now)));
        }
    }

    /** The margins once more, on the frozen set alone, however small it is. */
    private void onReference(Question question, Evaluation champion, List<GateCheck> checks) {
        Predicate<RecordingScore> ofReference = one -> question.reference.contains(one.subject());
        Optional<Evaluation> before = champion.where(ofReference);
        Optional<Evaluation> now = question.challenger.where(ofReference);
        if (before.isEmpty() || now.isEmpty()) {
            checks.add(GateCheck.of("reference", Result.FAILED, "no recording of the reference set was answered"));
            return;
        }
        margins.forEach((metric, margin) -> checks.add(
                notWorse("reference " + metric, before.get(), now.get(), metric, margin, true, true, question.seed)));
    }

    /**
     * The margin of one metric, on all of these recordings.
     *
     * @param evenByEstimate whether the difference decides where there are too few subjects for an interval
     */
    private GateCheck notWorse(
            String name,
            Evaluation champion,
            Evaluation challenger,
            Metric metric,
            double margin,
            boolean enough,
            boolean evenByEstimate,
            long seed) {
        PairedComparison compared = PairedComparison.of(champion, challenger, metric, replicates, seed);
        int sign = metric.moreIsBetter() ? 1 : -1;
        double gain = sign * compared.difference();
        // One subject of each class, drawn again and again, has no spread.
        boolean spread = fewestSubjects(challenger) > 1;
        double lower = spread ? sign > 0 ? compared.lower() : -compared.upper() : Double.NaN;
        double upper = spread ? sign > 0 ? compared.upper() : -compared.lower() : Double.NaN;
        boolean byInterval = evidence == Evidence.INTERVAL && (spread || !evenByEstimate);
        double deciding = byInterval ? lower : gain;
        String figures = text("%s: the champion has %.3f, the challenger %.3f, so that it gains %+.3f (95 %% interval %s)",
                name, compared.first(), compared.second(), gain, interval(lower, upper));
        Result result;
        String judgement;
        if (!enough) {
            result = Result.NOT_JUDGED;
            judgement = "; there are too few subjects to judge by it";
        } else if (Double.isNaN(deciding)) {
            result = Result.NOT_JUDGED;
            judgement = Double.isNaN(gain) ? "; it has no value on these recordings" : "; there is no interval to judge by";
        } else {
            result = deciding >= -margin ? Result.PASSED : Result.FAILED;
            judgement = text(result == Result.PASSED ? ", which is within the margin of %s" : ", which may be worse by more"
                    + " than the margin of %s", margin);
        }
        return new GateCheck(name, result, figures + judgement, gain, lower, upper, -margin,
                challenger.scores().size(), (int) challenger.subjects());
    }

    private static GateCheck group(GroupRule rule, String group, Evaluation before, Evaluation now) {
        String name = rule.column + "=" + group + " " + rule.metric;
        int sign = rule.metric.moreIsBetter() ? 1 : -1;
        double champion = before.value(rule.metric);
        double challenger = now.value(rule.metric);
        double gain = sign * (challenger - champion);
        int subjects = (int) now.subjects();
        Result result = subjects < rule.subjects || Double.isNaN(gain)
                ? Result.NOT_JUDGED
                : gain >= -rule.margin ? Result.PASSED : Result.FAILED;
        String judgement = switch (result) {
            case PASSED -> text("within the bound of %s", rule.margin);
            case FAILED -> text("worse than the bound of %s", rule.margin);
            case NOT_JUDGED -> subjects < rule.subjects
                    ? "not judged with fewer than " + rule.subjects + " subjects"
                    : "it has no value on these recordings";
        };
        return new GateCheck(name, result, text("%s: the champion has %.3f, the challenger %.3f, from %d recordings of %d"
                        + " subjects; %s", name, champion, challenger, now.scores().size(), subjects, judgement),
                gain, Double.NaN, Double.NaN, -rule.margin, now.scores().size(), subjects);
    }

    private void absolutely(Question question, List<GateCheck> checks) {
        Evaluation challenger = question.challenger;
        least.forEach((metric, bound) -> checks.add(held("least " + metric, challenger, metric, bound, question.seed)));
        calibration.ifPresent(bound -> checks.add(
                held("calibration", challenger, Metric.CALIBRATION_ERROR, bound, question.seed)));
    }

    private GateCheck held(String name, Evaluation evaluation, Metric metric, double bound, long seed) {
        MetricEstimate estimate = MetricEstimates.of(evaluation, List.of(metric), replicates, seed).get(0);
        double value = estimate.value();
        boolean reached = metric.moreIsBetter() ? value >= bound : value <= bound;
        Result result = Double.isNaN(value) ? Result.NOT_JUDGED : reached ? Result.PASSED : Result.FAILED;
        return new GateCheck(name, result,
                text("%s of the challenger is %.3f (95 %% interval %s), where %s %s is asked for", metric, value,
                        interval(estimate.lower(), estimate.upper()), metric.moreIsBetter() ? "at least" : "at most", bound),
                value, estimate.lower(), estimate.upper(), bound, estimate.answers(), estimate.subjects());
    }

    private static void probes(List<ProbeResult> probes, List<GateCheck> checks) {
        if (probes.isEmpty()) {
            checks.add(GateCheck.of("probes", Result.NOT_JUDGED, "the pipeline asks no probe"));
        }
        for (ProbeResult probe : probes) {
            Result result = switch (probe.verdict()) {
                case FAILED -> Result.FAILED;
                case PASSED, WARNING -> Result.PASSED;
                case INCONCLUSIVE -> Result.NOT_JUDGED;
            };
            checks.add(GateCheck.of("probe " + probe.name(), result,
                    "probe " + probe.name() + ": " + probe.verdict() + ", " + probe.finding()));
        }
    }

    private static String interval(double lower, double upper) {
        return Double.isNaN(lower) || Double.isNaN(upper) ? "none" : text("%.3f to %.3f", lower, upper);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Settings of a {@link PromotionGate}. Not thread-safe. */
    public static final class Builder {

        private final Map<Metric, Double> margins = new EnumMap<>(Metric.class);
        private final Map<Metric, Double> least = new EnumMap<>(Metric.class);
        private final List<GroupRule> groups = new ArrayList<>();
        private OptionalDouble calibration = OptionalDouble.empty();
        private int subjects = 10;
        private Evidence evidence = Evidence.INTERVAL;
        private int replicates = 2000;

        private Builder() {}

        /**
         * The challenger may be worse by so much.
         *
         * @param margin 0 or more, in the metric's unit; for a loss, by how much it may be larger
         */
        public Builder notWorse(Metric metric, double margin) {
            requireMargin(metric, margin);
            margins.put(metric, margin);
            return this;
        }

        /** The challenger must have at least this value; at most, where less is better. Asked of the first champion, too. */
        public Builder atLeast(Metric metric, double value) {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("the least value of " + metric + " must be a number");
            }
            least.put(metric, value);
            return this;
        }

        /** No group of a column may be worse than this. */
        public Builder group(GroupRule rule) {
            groups.add(rule);
            return this;
        }

        /** The largest expected calibration error, in (0, 1]; by default any is borne. */
        public Builder calibrationError(double largest) {
            if (!(largest > 0 && largest <= 1)) {
                throw new IllegalArgumentException("the calibration error must be above 0 and at most 1, but was " + largest);
            }
            calibration = OptionalDouble.of(largest);
            return this;
        }

        /** How many held-out subjects of each class it takes to compare, at least 1; by default 10. */
        public Builder subjects(int ofEachClass) {
            if (ofEachClass < 1) {
                throw new IllegalArgumentException("it takes at least 1 subject of each class, but was " + ofEachClass);
            }
            subjects = ofEachClass;
            return this;
        }

        /** How sure it must be; by default the whole interval must be within the margin. */
        public Builder evidence(Evidence wanted) {
            evidence = wanted;
            return this;
        }

        /** How often subjects are drawn for an interval, at least 100; by default 2000. */
        public Builder replicates(int count) {
            if (count < 100) {
                throw new IllegalArgumentException("the replicates must be at least 100, but were " + count);
            }
            replicates = count;
            return this;
        }

        /** The gate. */
        public PromotionGate build() {
            return new PromotionGate(this);
        }
    }
}
