package io.github.spirabr.report.run;

import io.github.spirabr.core.evaluation.ConfusionMatrix;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.TemperatureScaling;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.recording.Label;
import java.util.List;
import java.util.Locale;

/** All metrics of the test set, at recording and subject level, with matrices and curves. */
final class FiguresSection {

    private final Analysis analysis;
    private final TrainingRun findings;

    FiguresSection(Analysis analysis) {
        this.analysis = analysis;
        this.findings = analysis.findings();
    }

    void write(Markup page) {
        page.paragraph(String.format(Locale.ROOT, "A recording is classified as %s at a probability of %s or more (%s)%s."
                        + " Subject-level metrics use the mean of a subject's recordings.",
                analysis.classes().positive(), Figures.of(findings.decision().threshold()), findings.operatingPoint(),
                findings.decision().calibration().equals(TemperatureScaling.NONE) ? "" : String.format(Locale.ROOT,
                        "; probabilities are calibrated by the temperature %.3f, fitted on validation data",
                        findings.decision().calibration().temperature())));
        abstention(page);
        estimates(page);
        sessions(page);
        boolean bySubjectToo = !analysis.oneRecordingEach();
        if (!bySubjectToo) {
            page.paragraph("Every subject has one recording, so that subject-level metrics equal recording-level ones.");
        }
        page.open("div", "class", "pairs").line();
        matrix(page, analysis.byRecording());
        if (bySubjectToo) {
            matrix(page, analysis.bySubject());
        }
        page.close().line();
        page.open("div", "class", "charts paired").line();
        List<Answers> shown = bySubjectToo
                ? List.of(analysis.byRecording(), analysis.bySubject()) : List.of(analysis.byRecording());
        shown.forEach(one -> roc(page, one));
        shown.forEach(one -> precisionRecall(page, one));
        shown.forEach(one -> calibration(page, one));
        shown.forEach(one -> histogram(page, one));
        page.close().line();
    }

    private void abstention(Markup page) {
        DecisionRule decision = findings.decision();
        if (!decision.abstains()) {
            return;
        }
        page.paragraph(String.format(Locale.ROOT, "A recording with a probability from %s to %s is inconclusive (%s). %.0f %% of the "
                        + "test recordings lie outside of that band. The metrics below count all recordings; those in the band are "
                        + "classified by the threshold.",
                Figures.of(decision.lower()), Figures.of(decision.upper()), findings.abstention(), 100 * findings.coverage()));
        if (findings.decidedMetrics().isEmpty()) {
            page.paragraph("Every test recording is inconclusive.");
            return;
        }
        Table table = new Table("Recording-level metrics of the decided recordings", "Metric", "Value", "95 % interval");
        Figures.main(findings.decidedMetrics()).forEach(one -> table.row(
                Figures.name(one.metric()), Figures.of(one.value()), Figures.interval(one.lower(), one.upper())));
        table.row("n", Figures.count(findings.decidedMetrics().answers(), "recording"),
                Figures.count(findings.decidedMetrics().subjects(), "subject"));
        table.write(page);
    }

    private void estimates(Markup page) {
        Table table = new Table("Metrics of the test set with 95 % confidence intervals"
                + (analysis.imprecise() ? " (imprecise)" : ""),
                "Metric", "By recording", "95 % interval", "By subject", "95 % interval", "Meaning");
        for (MetricEstimate recording : Figures.main(findings.metrics())) {
            MetricEstimate subject = findings.subjectMetrics().metric(recording.metric());
            table.row(Figures.name(recording.metric()), Figures.of(recording.value()),
                    Figures.interval(recording.lower(), recording.upper()), Figures.of(subject.value()),
                    Figures.interval(subject.lower(), subject.upper()), Figures.meaning(recording.metric(), analysis.classes()));
        }
        table.row("n", Figures.count(findings.metrics().answers(), "recording"),
                Figures.count(findings.metrics().subjects(), "subject"),
                Figures.count(findings.subjectMetrics().answers(), "answer"),
                Figures.count(findings.subjectMetrics().subjects(), "subject"), "what the metrics are computed from");
        table.write(page);
        page.with("p", "\u201Cnot defined\u201D: the denominator of the metric is 0.", "class", "hint");
    }

    private void sessions(Markup page) {
        if (findings.sessionMetrics().isEmpty()) {
            return;
        }
        Table table = new Table("Session-level metrics of the test set, of the mean of a session's recordings", "Metric", "Value",
                "95 % interval");
        Figures.main(findings.sessionMetrics()).forEach(one -> table.row(
                Figures.name(one.metric()), Figures.of(one.value()), Figures.interval(one.lower(), one.upper())));
        table.row("n", Figures.count(findings.sessionMetrics().answers(), "session"),
                Figures.count(findings.sessionMetrics().subjects(), "subject"));
        table.write(page);
    }

    private void matrix(Markup page, Answers answers) {
        ConfusionMatrix matrix = answers.evaluation().confusionMatrix();
        String caption = "Confusion matrix by " + answers.unit() + " (" + Figures.count(matrix.total(), "answer") + ")";
        page.open("div", "class", "scroll", "role", "region", "aria-label", caption, "tabindex", "0");
        page.open("table", "class", "matrix").open("caption").with("span", caption).close();
        page.open("thead").open("tr").with("th", "Truth", "scope", "col");
        page.with("th", "Classified as " + analysis.classes().positive(), "scope", "col")
                .with("th", "Classified as " + analysis.classes().negative(), "scope", "col");
        page.close().close().open("tbody");
        matrixRow(page, analysis.classes().row(Label.PATIENT), matrix.truePositives(), "right",
                matrix.falseNegatives(), "missed");
        matrixRow(page, analysis.classes().row(Label.CONTROL), matrix.falsePositives(), "false alarm",
                matrix.trueNegatives(), "right");
        page.close().close().close().line();
    }

    private void matrixRow(Markup page, String truth, int patient, String patientWord, int control, String controlWord) {
        page.open("tr").with("th", truth, "scope", "row");
        cell(page, patient, patient + control, patientWord);
        cell(page, control, patient + control, controlWord);
        page.close();
    }

    private void cell(Markup page, int count, int all, String word) {
        String share = all == 0 ? "" : String.format(Locale.ROOT, ", %.0f\u00a0%%", 100.0 * count / all);
        page.open("td", "class", word.equals("right") ? "right" : "wrong");
        page.with("span", Integer.toString(count), "class", "value").with("span", word + share, "class", "interval");
        page.close();
    }

    private void roc(Markup page, Answers answers) {
        if (answers.roc().points().isEmpty()) {
            missing(page, "ROC by " + answers.unit(), "There is no curve: the test set lacks a class.");
            return;
        }
        Charts.roc(answers).figure(page, "ROC by " + answers.unit(), "AUROC " + estimate(answers, Metric.AUROC)
                + ". Shaded: 95 % band. Dashed: chance. Ring: the threshold in use.");
    }

    private void precisionRecall(Markup page, Answers answers) {
        if (answers.precisionRecall().points().isEmpty()) {
            missing(page, "Precision and recall by " + answers.unit(), "There is no curve: the test set has "
                    + (analysis.classes().named() ? "nobody of " + analysis.classes().positives() : "no patients") + ".");
            return;
        }
        Charts.precisionRecall(answers).figure(page, "Precision and recall by " + answers.unit(),
                "Average precision " + estimate(answers, Metric.AUPRC)
                        + ". Dashed: the share of " + analysis.classes().positives() + " here, which a random score would get.");
    }

    private void calibration(Markup page, Answers answers) {
        Charts.calibration(answers).figure(page, "Calibration by " + answers.unit(),
                "Calibration error " + estimate(answers, Metric.CALIBRATION_ERROR)
                        + ". On the dashed line probabilities equal frequencies. Larger dots have more answers.");
    }

    private void histogram(Markup page, Answers answers) {
        Charts.histogram(answers, findings.decision()).figure(page, "Probabilities by class, by " + answers.unit(),
                analysis.classes().column(Label.PATIENT) + " upwards, " + analysis.classes().called(Label.CONTROL)
                        + " downwards. The dashed line is the threshold: recordings to its left are classified as "
                        + analysis.classes().negative() + "." + (findings.decision().abstains() ? " Grey: inconclusive." : ""));
    }

    private static String estimate(Answers answers, Metric metric) {
        return answers.estimates().find(metric)
                .map(one -> Figures.of(one.value()) + " (" + Figures.interval(one.lower(), one.upper()) + ")")
                .orElse(Figures.UNDEFINED);
    }

    private void missing(Markup page, String title, String why) {
        page.open("figure", "class", "missing").with("p", why);
        page.open("figcaption").with("strong", title).close().close().line();
    }
}
