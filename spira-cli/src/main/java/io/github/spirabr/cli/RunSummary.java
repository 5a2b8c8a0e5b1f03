package io.github.spirabr.cli;

import io.github.spirabr.core.evaluation.ConfusionMatrix;
import io.github.spirabr.core.evaluation.GroupMetrics;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.TemperatureScaling;
import io.github.spirabr.core.pipeline.ProtocolEvaluation;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.report.run.RunReport;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The summary of a run, printed at its end. */
final class RunSummary {

    private static final Map<Metric, String> SHOWN = new EnumMap<>(Map.of(
            Metric.ACCURACY, "accuracy",
            Metric.BALANCED_ACCURACY, "balanced accuracy",
            Metric.SENSITIVITY, "sensitivity",
            Metric.SPECIFICITY, "specificity",
            Metric.AUROC, "AUROC",
            Metric.BRIER_SCORE, "Brier score"));

    private final PrintWriter out;

    RunSummary(PrintWriter out) {
        this.out = Terminal.lines(out);
    }

    void print(TrainingRun run) {
        ConfusionMatrix matrix = run.test().confusionMatrix();
        out.println();
        out.printf(Locale.ROOT, "Test set: %s of %s not seen in training (%s)%n",
                Counted.of(matrix.total(), "recording"), Counted.of(run.test().subjects(), "subject"), String.join(", ", run.split().test().subjects()));
        answers(run);
        out.printf(Locale.ROOT, "Best epoch: %d of %d%n", run.bestEpoch(), run.epochs().size());
        if (run.isSaved()) {
            out.printf("Saved: %s in %s%n", run.model(), run.location());
            out.printf("Report: %s, %s and %s are saved with it; spira models report writes them out%n", RunReport.HTML,
                    RunReport.JSON, RunReport.MODEL_CARD);
        }
        out.flush();
    }

    /** Prints the answers on the test set, with all that was computed of them. */
    void answers(TrainingRun run) {
        matrix(run.test().confusionMatrix(), run.target());
        out.printf(Locale.ROOT, "  threshold %.2f%s%n", run.test().threshold(),
                run.decision().calibration().equals(TemperatureScaling.NONE) ? "" : String.format(Locale.ROOT,
                        ", probabilities calibrated by temperature %.2f", run.decision().calibration().temperature()));
        figures(run);
        decided(run);
        groups(run);
        for (ProtocolEvaluation under : run.protocols()) {
            ConfusionMatrix changed = under.test().confusionMatrix();
            out.printf(Locale.ROOT, "Under %s: accuracy %.3f, sensitivity %.3f, specificity %.3f%n  %s%n",
                    under.protocol(), changed.accuracy(), changed.sensitivity(), changed.specificity(),
                    under.disclosure());
        }
        run.certificate().stream().flatMap(one -> one.warnings().stream())
                .forEach(warning -> out.println("WARNING: " + warning));
        probes(run);
    }

    private void matrix(ConfusionMatrix matrix, Target target) {
        String is = target.equals(Target.STANDARD) ? "is a " : "is ";
        int wide = Math.max(14, 7 + Math.max(target.positive().length(), target.negative().length()));
        int truth = Math.max(18, wide - 7 + is.length());
        out.printf("  %" + truth + "s%" + wide + "s   %" + wide + "s%n", "", "called " + target.positive(),
                "called " + target.negative());
        String row = "  %-" + truth + "s%" + wide + "d   %" + wide + "d%n";
        out.printf(Locale.ROOT, row, is + target.positive(), matrix.truePositives(), matrix.falseNegatives());
        out.printf(Locale.ROOT, row, is + target.negative(), matrix.falsePositives(), matrix.trueNegatives());
    }

    private void figures(TrainingRun run) {
        boolean sessions = !run.sessionMetrics().isEmpty();
        String row = sessions ? "  %-18s %-24s %-24s %s%n" : "  %-18s %-24s %s%n";
        out.printf(row, "", "by recording", "by subject", "by session");
        for (MetricEstimate one : run.metrics()) {
            if (SHOWN.containsKey(one.metric())) {
                out.printf(row, SHOWN.get(one.metric()), text(one), text(run.subjectMetrics().metric(one.metric())),
                        sessions ? text(run.sessionMetrics().metric(one.metric())) : "");
            }
        }
        out.println("  in brackets 95 % confidence intervals, by bootstrap over subjects");
        if (run.metrics().imprecise()) {
            out.printf(Locale.ROOT, "  imprecise: a class has fewer than %d subjects; the metrics are no more than a hint%n",
                    MetricEstimate.PRECISE_SUBJECTS);
        }
    }

    private void decided(TrainingRun run) {
        if (run.decision().abstains()) {
            out.printf(Locale.ROOT, "Decided: %.1f %% of the recordings; those from %.3f to %.3f are inconclusive%n",
                    100 * run.coverage(), run.decision().lower(), run.decision().upper());
            run.decidedMetrics().find(Metric.ACCURACY).ifPresent(one ->
                    out.printf("  accuracy of what is decided: %s%n", text(one)));
        }
    }

    private void groups(TrainingRun run) {
        if (!run.groups().isEmpty()) {
            out.println("Groups               recordings   subjects   balanced accuracy");
        }
        for (GroupMetrics group : run.groups()) {
            MetricEstimate figure = group.metrics().metric(Metric.BALANCED_ACCURACY);
            out.printf(Locale.ROOT, "  %-18s %10d %10d   %s%s%n", group.column() + " " + group.group(), figure.answers(),
                    figure.subjects(), text(figure), figure.imprecise() ? ", imprecise" : "");
        }
    }

    private void probes(TrainingRun run) {
        if (!run.probes().isEmpty()) {
            out.printf("Probes: %s%n", run.probeSummary());
        }
        for (ProbeResult probe : run.probes()) {
            out.printf("  %-12s %-16s %s%n", probe.verdict(), probe.name(), probe.finding());
        }
    }

    /** Returns a value with its interval, if it has one. */
    static String text(MetricEstimate estimate) {
        String interval = Double.isNaN(estimate.lower()) ? ""
                : String.format(Locale.ROOT, " (%.3f to %.3f)", estimate.lower(), estimate.upper());
        return String.format(Locale.ROOT, "%.3f", estimate.value()) + interval;
    }
}
