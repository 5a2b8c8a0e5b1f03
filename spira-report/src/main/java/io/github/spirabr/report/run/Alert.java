package io.github.spirabr.report.run;

import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.ProbeResult;
import io.github.spirabr.core.evaluation.ProbeResult.Verdict;
import io.github.spirabr.core.pipeline.RunFindings;
import java.util.ArrayList;
import java.util.List;

/** What a reader must know before any figure. */
record Alert(Level level, String title, String text) {

    /** The bootstrap draws from those that are there; of fewer than these it says little (Hesterberg 2015). */
    private static final int FEW = 20;

    enum Level { BAD, WARN, GOOD }

    /** In the order in which to show them, the worst first. */
    static List<Alert> of(Analysis analysis) {
        List<Alert> alerts = new ArrayList<>();
        if (!analysis.shared().isEmpty()) {
            alerts.add(new Alert(Level.BAD, "Not split by subject.", Figures.count(analysis.shared().size(), "subject")
                    + " on more than one side: the model may know the voice, and the figures below may be far too good."));
        }
        probes(alerts, analysis.findings());
        if (analysis.subjectsUnknown()) {
            alerts.add(new Alert(Level.WARN, "Subjects are not known.", "Each recording counts as a subject of its own. If "
                    + "somebody has several, the figures are too good and the intervals too narrow."));
        }
        if (analysis.imprecise()) {
            alerts.add(new Alert(Level.WARN, "Imprecise.", "The smaller class of the test side has "
                    + Figures.count(analysis.subjectsOfTheSmallerClass(), "subject") + ", fewer than "
                    + MetricEstimate.PRECISE_SUBJECTS + ": take the figures for no more than a hint."
                    + (analysis.subjectsOfTheSmallerClass() < FEW ? " So few cannot even say how sure a figure is: the "
                            + "intervals, too, are likely to be too narrow." : "")));
        }
        if (!analysis.findings().rejected().isEmpty()) {
            alerts.add(new Alert(Level.WARN, "Rejected.", Figures.count(analysis.findings().rejected().size(), "recording")
                    + " could not be used and had no part in this."));
        }
        if (analysis.shared().isEmpty() && !analysis.subjectsUnknown()) {
            alerts.add(new Alert(Level.GOOD, "Split by subject.", "No subject is on two sides."));
        }
        return alerts;
    }

    private static void probes(List<Alert> alerts, RunFindings findings) {
        if (findings.probes().isEmpty()) {
            alerts.add(new Alert(Level.WARN, "No probe was run.",
                    "Nothing says whether the model answers by the speech or by what came with it."));
            return;
        }
        verdicts(alerts, findings, Verdict.FAILED, Level.BAD, "Probes failed:", "the model must not be relied on");
        verdicts(alerts, findings, Verdict.WARNING, Level.WARN, "Probes warn:", "look at them before relying on the model");
        if (findings.probes().stream().allMatch(probe -> probe.verdict() == Verdict.PASSED)) {
            alerts.add(new Alert(Level.GOOD, "All probes passed.", "Nothing that was looked for speaks against the model."));
        }
    }

    private static void verdicts(
            List<Alert> alerts, RunFindings findings, Verdict verdict, Level level, String title, String text) {
        List<String> names =
                findings.probes().stream().filter(probe -> probe.verdict() == verdict).map(ProbeResult::name).toList();
        if (!names.isEmpty()) {
            alerts.add(new Alert(level, title, String.join(", ", names) + "; " + text + "."));
        }
    }
}
