package io.github.spirabr.core.promotion;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.PairedComparison;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Measurement;
import io.github.spirabr.core.promotion.PromotionGate.Check;
import io.github.spirabr.core.promotion.PromotionGate.Check.Result;
import io.github.spirabr.core.promotion.PromotionGate.Evidence;
import io.github.spirabr.core.promotion.PromotionGate.GroupRule;
import io.github.spirabr.core.promotion.PromotionGate.Question;
import io.github.spirabr.core.promotion.PromotionGate.Verdict;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;

/** All checks of a gate on one question, in their order, and what follows from them. Used once. */
final class GateChecks {

    private static final double CHANCE = 0.5;

    private final PromotionGate gate;
    private final Question question;
    private final Evaluation challenger;
    private final List<Check> checks;

    GateChecks(PromotionGate gate, Question question) {
        this.gate = gate;
        this.question = question;
        this.challenger = question.challenger();
        this.checks = new ArrayList<>(question.limits());
    }

    Verdict verdict() {
        if (failed()) {
            return verdict(Verdict.Outcome.OUTSIDE_PLAN, failures());
        }
        if (gate.margins().isEmpty() && gate.leastValues().isEmpty() && !gate.aboveChance()) {
            checks.add(Check.of("thresholds", Result.NOT_JUDGED, "the gate has no margins and no least values"));
            return verdict(Verdict.Outcome.NO_THRESHOLDS,
                    "nothing says when a challenger is good enough; set margins or least values");
        }
        boolean enough = countSubjects();
        question.champion().ifPresent(champion -> compare(champion, enough));
        absolutely();
        probes();
        if (failed()) {
            return verdict(Verdict.Outcome.REJECTED, failures());
        }
        if (question.champion().isEmpty()) {
            return verdict(Verdict.Outcome.FIRST_CHAMPION, "there was no champion to compare with; "
                    + (!gate.leastValues().isEmpty() ? "it reaches the least values"
                            : gate.aboveChance() ? "its AUROC is above chance" : "no least value is set"));
        }
        if (!enough) {
            return verdict(Verdict.Outcome.TOO_FEW_SUBJECTS, "too few held-out subjects to compare; it takes " + gate.subjects()
                    + " of each class");
        }
        boolean compared = checks.stream().noneMatch(check -> check.result() == Result.NOT_JUDGED
                && gate.margins().keySet().stream().anyMatch(metric -> metric.name().equals(check.name())));
        return compared
                ? verdict(Verdict.Outcome.PROMOTED, gate.margins().isEmpty()
                        ? "it reaches the least values" : "it is not worse than the champion")
                : verdict(Verdict.Outcome.TOO_FEW_SUBJECTS, "so few held-out subjects give no comparison of metrics");
    }

    private Verdict verdict(Verdict.Outcome outcome, String reason) {
        return new Verdict(outcome, reason, checks);
    }

    private boolean failed() {
        return checks.stream().anyMatch(check -> check.result() == Result.FAILED);
    }

    private String failures() {
        return String.join("; ", checks.stream()
                .filter(check -> check.result() == Result.FAILED).map(Check::finding).toList());
    }

    /** Returns the number of subjects of the class that has fewer. */
    private static int fewestSubjects(Evaluation evaluation) {
        int fewest = Integer.MAX_VALUE;
        for (Label label : Label.values()) {
            fewest = Math.min(fewest, (int) evaluation.scores().stream()
                    .filter(one -> one.label() == label).map(RecordingScore::subject).distinct().count());
        }
        return fewest;
    }

    private boolean countSubjects() {
        int fewest = fewestSubjects(challenger);
        boolean enough = fewest >= gate.subjects();
        checks.add(Check.builder("subjects", enough ? Result.PASSED : Result.NOT_JUDGED,
                        "the smaller class has " + fewest + " held-out subjects, but must have " + gate.subjects())
                .value(fewest)
                .bound(gate.subjects())
                .recordings(challenger.scores().size())
                .subjects((int) challenger.subjects())
                .build());
        return enough;
    }

    private void compare(Evaluation champion, boolean enough) {
        gate.margins().forEach((metric, margin) ->
                checks.add(notWorse(metric.name(), champion, challenger, metric, margin, enough, false)));
        if (!question.reference().isEmpty()) {
            onReference(champion);
        }
        for (GroupRule rule : gate.groups()) {
            Map<String, String> values = question.groups().getOrDefault(rule.column(), Map.of());
            if (values.isEmpty()) {
                checks.add(Check.of(rule.column(), Result.NOT_JUDGED,
                        "no held-out recording says its " + rule.column()));
                continue;
            }
            SortedMap<String, Evaluation> before = champion.byGroup(values);
            challenger.byGroup(values).forEach((group, now) -> checks.add(group(rule, group, before.get(group), now)));
        }
    }

    /** Checks the margins again, on the frozen reference set alone, independent of its size. */
    private void onReference(Evaluation champion) {
        Predicate<RecordingScore> ofReference = one -> question.reference().contains(one.subject());
        Optional<Evaluation> before = champion.where(ofReference);
        Optional<Evaluation> now = challenger.where(ofReference);
        if (before.isEmpty() || now.isEmpty()) {
            checks.add(Check.of("reference", Result.FAILED, "no recording of the reference set was answered"));
            return;
        }
        gate.margins().forEach((metric, margin) ->
                checks.add(notWorse("reference " + metric, before.get(), now.get(), metric, margin, true, true)));
    }

    /**
     * Checks the margin of one metric, on all of these recordings.
     *
     * @param evenByEstimate whether the difference decides where there are too few subjects for an interval
     */
    private Check notWorse(
            String name,
            Evaluation before,
            Evaluation now,
            Metric metric,
            double margin,
            boolean enough,
            boolean evenByEstimate) {
        PairedComparison compared = PairedComparison.of(before, now, metric, gate.replicates(), question.seed());
        int sign = metric.moreIsBetter() ? 1 : -1;
        double gain = sign * compared.difference();
        // One subject of each class, drawn again and again, has no spread.
        boolean spread = fewestSubjects(now) > 1;
        double lower = spread ? sign > 0 ? compared.lower() : -compared.upper() : Double.NaN;
        double upper = spread ? sign > 0 ? compared.upper() : -compared.lower() : Double.NaN;
        boolean byInterval = gate.evidence() == Evidence.INTERVAL && (spread || !evenByEstimate);
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
        return Check.builder(name, result, figures + judgement)
                .value(gain)
                .interval(lower, upper)
                .bound(-margin)
                .recordings(now.scores().size())
                .subjects((int) now.subjects())
                .build();
    }

    private static Check group(GroupRule rule, String group, Evaluation before, Evaluation now) {
        String name = rule.column() + "=" + group + " " + rule.metric();
        int sign = rule.metric().moreIsBetter() ? 1 : -1;
        double champion = before.value(rule.metric());
        double challenger = now.value(rule.metric());
        double gain = sign * (challenger - champion);
        int subjects = (int) now.subjects();
        Result result = subjects < rule.subjects() || Double.isNaN(gain)
                ? Result.NOT_JUDGED
                : gain >= -rule.margin() ? Result.PASSED : Result.FAILED;
        String judgement = switch (result) {
            case PASSED -> text("within the bound of %s", rule.margin());
            case FAILED -> text("worse than the bound of %s", rule.margin());
            case NOT_JUDGED -> subjects < rule.subjects()
                    ? "not judged with fewer than " + rule.subjects() + " subjects"
                    : "it has no value on these recordings";
        };
        return Check.builder(name, result, text("%s: the champion has %.3f, the challenger %.3f, from %d recordings of %d"
                        + " subjects; %s", name, champion, challenger, now.scores().size(), subjects, judgement))
                .value(gain)
                .bound(-rule.margin())
                .recordings(now.scores().size())
                .subjects(subjects)
                .build();
    }

    private void absolutely() {
        if (gate.aboveChance()) {
            checks.add(aboveChance());
        }
        if (gate.beatBaseline()) {
            checks.add(beatsBaseline());
        }
        gate.leastValues().forEach((metric, bound) -> checks.add(held("least " + metric, metric, bound)));
        gate.calibrationError().ifPresent(bound -> checks.add(held("calibration", Metric.CALIBRATION_ERROR, bound)));
    }

    /** A value above one half alone may be luck. */
    private Check aboveChance() {
        MetricEstimate auroc =
                MetricEstimates.of(challenger, List.of(Metric.AUROC), gate.replicates(), question.seed()).metric(Metric.AUROC);
        return Check.builder("above chance", auroc.lower() > CHANCE ? Result.PASSED : Result.FAILED,
                        text("AUROC of the challenger is %.3f (95 %% interval %s); the lower end must be above %s, which is"
                                + " chance",
                        auroc.value(), interval(auroc.lower(), auroc.upper()), CHANCE))
                .value(auroc.value())
                .interval(auroc.lower(), auroc.upper())
                .bound(CHANCE)
                .recordings(auroc.answers())
                .subjects(auroc.subjects())
                .build();
    }

    private Check beatsBaseline() {
        Optional<Measurement> found = question.probes().stream().filter(one -> one.name().equals(ProbeResult.BASELINE))
                .flatMap(one -> one.measurements().stream()).findFirst();
        if (found.isEmpty()) {
            return Check.of(ProbeResult.BASELINE, Result.FAILED, "the challenger must beat the baseline, but its run has none;"
                    + " set baseline to true in the experiment, with speech-statistics on the class path");
        }
        Measurement gain = found.get();
        boolean byInterval = gate.evidence() == Evidence.INTERVAL;
        return Check.builder(ProbeResult.BASELINE,
                        (byInterval ? gain.lower() : gain.value()) > 0 ? Result.PASSED : Result.FAILED,
                        text("AUROC of the challenger less that of the baseline, logistic regression on speech statistics,"
                                + " is %+.3f (95 %% interval %s); %s must be above 0",
                        gain.value(), interval(gain.lower(), gain.upper()), byInterval ? "the lower end" : "it"))
                .value(gain.value())
                .interval(gain.lower(), gain.upper())
                .bound(0)
                .recordings(gain.recordings())
                .subjects(gain.subjects())
                .build();
    }

    private Check held(String name, Metric metric, double bound) {
        MetricEstimate estimate =
                MetricEstimates.of(challenger, List.of(metric), gate.replicates(), question.seed()).metric(metric);
        double value = estimate.value();
        boolean reached = metric.moreIsBetter() ? value >= bound : value <= bound;
        Result result = Double.isNaN(value) ? Result.NOT_JUDGED : reached ? Result.PASSED : Result.FAILED;
        return Check.builder(name, result,
                        text("%s of the challenger is %.3f (95 %% interval %s), but must be %s %s", metric, value,
                        interval(estimate.lower(), estimate.upper()), metric.moreIsBetter() ? "at least" : "at most", bound))
                .value(value)
                .interval(estimate.lower(), estimate.upper())
                .bound(bound)
                .recordings(estimate.answers())
                .subjects(estimate.subjects())
                .build();
    }

    private void probes() {
        if (!ProbeResult.anyOfProbe(question.probes())) {
            checks.add(Check.of("probes", Result.NOT_JUDGED, "the pipeline asks no probe"));
        }
        for (ProbeResult probe : question.probes()) {
            Result result = switch (probe.verdict()) {
                case FAILED -> Result.FAILED;
                case PASSED, WARNING -> Result.PASSED;
                case INCONCLUSIVE -> Result.NOT_JUDGED;
            };
            checks.add(Check.of("probe " + probe.name(), result,
                    "probe " + probe.name() + ": " + probe.verdict() + ", " + probe.finding()));
        }
    }

    private static String interval(double lower, double upper) {
        return Double.isNaN(lower) || Double.isNaN(upper) ? "none" : text("%.3f to %.3f", lower, upper);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
