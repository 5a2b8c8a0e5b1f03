package io.github.spirabr.report.run;

import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A finding that a reader must know before any metric. */
record Alert(Level level, String title, String text) {

    /** The bootstrap draws from those that are there; of fewer than these it says little (Hesterberg 2015). */
    private static final int FEW = 20;

    enum Level { BAD, WARN, GOOD }

    /** Returns the alerts, the worst first. */
    static List<Alert> of(Analysis analysis) {
        List<Alert> alerts = new ArrayList<>();
        split(alerts, analysis);
        probes(alerts, analysis.findings());
        if (analysis.imprecise()) {
            alerts.add(new Alert(Level.WARN, "Imprecise.", "The smaller class of the test set has "
                    + Figures.count(analysis.subjectsOfTheSmallerClass(), "subject") + ", fewer than "
                    + MetricEstimate.PRECISE_SUBJECTS + ": the metrics are only a rough guide."
                    + (analysis.subjectsOfTheSmallerClass() < FEW ? " With so few subjects the intervals, too, are "
                            + "likely to be too narrow." : "")));
        }
        if (!analysis.findings().rejected().isEmpty()) {
            alerts.add(new Alert(Level.WARN, "Rejected.", Figures.count(analysis.findings().rejected().size(), "recording")
                    + " left out as unusable."));
        }
        alerts.sort(Comparator.comparing(Alert::level));
        return alerts;
    }

    /** Returns the alerts about the split. */
    static List<Alert> ofSplit(Analysis analysis) {
        List<Alert> alerts = new ArrayList<>();
        split(alerts, analysis);
        return alerts;
    }

    private static void split(List<Alert> alerts, Analysis analysis) {
        Optional<SplitCertificate> certificate = analysis.findings().certificate();
        if (!analysis.shared().isEmpty()) {
            alerts.add(new Alert(Level.BAD, "Not split by subject.", Figures.count(analysis.shared().size(), "subject")
                    + " in more than one set: the model may have learned the voice, and the metrics below may be far too high."));
        }
        if (analysis.subjectsUnknown()) {
            alerts.add(new Alert(Level.BAD, "Subjects are not known.", "Each recording counts as a subject of its own. If "
                    + "anybody was recorded twice, the metrics are too high and the intervals too narrow."));
        }
        if (certificate.isEmpty()) {
            alerts.add(new Alert(Level.WARN, "The split was not audited.",
                    "The sets were not searched for identical audio under other names."));
        } else if (!certificate.get().audit().sharedNoises().isEmpty()) {
            alerts.add(new Alert(Level.BAD, "The same noises in two sets.", "Training and evaluation use "
                    + Figures.count(certificate.get().audit().sharedNoises().size(), "noise")
                    + " in common, as the settings say: metrics under these noises are too high."));
        }
        if (certificate.isPresent() && !certificate.get().audit().tooQuiet().isEmpty()) {
            alerts.add(new Alert(Level.WARN, "Too quiet to be audited.",
                    Figures.count(certificate.get().audit().tooQuiet().size(), "recording")
                            + " of " + Figures.count(certificate.get().audit().recordings(), "recording")
                            + " too short or too quiet for the search of similar audio; only identical samples were"
                            + " searched for."));
        }
        if (certificate.isPresent() && !certificate.get().audit().likeSubjects().isEmpty()) {
            alerts.add(new Alert(Level.WARN, "Subjects with nearly the same name.",
                    Figures.count(certificate.get().audit().likeSubjects().size(), "pair")
                            + " of subjects in different sets may be one person each."));
        }
        certificate.ifPresent(one -> one.pretraining().forEach(sentence ->
                alerts.add(new Alert(Level.BAD, "Pretrained weights.", sentence))));
        if (certificate.isPresent() && certificate.get().warnings().isEmpty()) {
            alerts.add(new Alert(Level.GOOD, "Split audit passed.", "No subject, no identical or nearly identical audio, no part "
                    + "of a recording and no noise is in two sets; "
                    + Figures.count(certificate.get().audit().recordings(), "recording") + " compared."));
        } else if (certificate.isEmpty() && analysis.shared().isEmpty() && !analysis.subjectsUnknown()) {
            alerts.add(new Alert(Level.GOOD, "Split by subject.", "No subject is in two sets."));
        }
    }

    private static void probes(List<Alert> alerts, TrainingRun findings) {
        boolean probed = ProbeResult.anyOfProbe(findings.probes());
        if (!probed) {
            alerts.add(new Alert(Level.WARN, "No probe was run.",
                    "It is unknown whether the model uses the speech or something recorded with it."));
        }
        verdicts(alerts, findings, Verdict.FAILED, Level.BAD, "Probes failed:", "the model must not be relied on");
        verdicts(alerts, findings, Verdict.WARNING, Level.WARN, probed ? "Probes warn:" : "Warning:",
                "look at them before relying on the model");
        if (probed && findings.probes().stream().allMatch(probe -> probe.verdict() == Verdict.PASSED)) {
            alerts.add(new Alert(Level.GOOD, "All probes passed.", "None of them found evidence against the model."));
        }
    }

    private static void verdicts(
            List<Alert> alerts, TrainingRun findings, Verdict verdict, Level level, String title, String text) {
        List<String> names =
                findings.probes().stream().filter(probe -> probe.verdict() == verdict).map(ProbeResult::name).toList();
        if (!names.isEmpty()) {
            alerts.add(new Alert(level, title, String.join(", ", names) + "; " + text + "."));
        }
    }
}
