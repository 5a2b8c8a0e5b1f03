package io.github.spirabr.report.run;

import io.github.spirabr.core.evaluation.ConfusionMatrix;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.util.List;
import java.util.Locale;

/** The most important results, at the top of the page. */
final class GlanceSection {

    private final Analysis analysis;
    private final TrainingRun findings;

    GlanceSection(Analysis analysis) {
        this.analysis = analysis;
        this.findings = analysis.findings();
    }

    void write(Markup page) {
        long subjects = analysis.bySubject().evaluation().subjects();
        ConfusionMatrix matrix = findings.test().confusionMatrix();
        page.paragraph(String.format(Locale.ROOT,
                "Tested on %s of %s%s. Of %d recordings of %s it found %d; of %d recordings of %s it classified %d "
                        + "as %s.",
                Figures.count(findings.test().scores().size(), "recording"), Figures.count(subjects, "subject"),
                analysis.shared().isEmpty() ? " not seen in training" : "",
                matrix.truePositives() + matrix.falseNegatives(), analysis.classes().positives(), matrix.truePositives(),
                matrix.trueNegatives() + matrix.falsePositives(), analysis.classes().negatives(), matrix.falsePositives(),
                analysis.classes().positive()));
        page.open("ul", "class", "alerts", "aria-label", "Warnings and checks");
        for (Alert alert : Alert.of(analysis)) {
            page.open("li", "class", "alert " + Figures.key(alert.level()));
            page.with("strong", alert.title()).text(" ").with("span", alert.text()).close();
        }
        page.close().line();
        page.open("dl", "class", "tiles");
        for (Metric metric : List.of(
                Metric.AUROC, Metric.SENSITIVITY, Metric.SPECIFICITY, Metric.BALANCED_ACCURACY, Metric.BRIER_SCORE)) {
            findings.metrics().find(metric).ifPresent(one -> tile(page, one));
        }
        page.close().line();
        page.with("p", "By recording; in small print 95 % confidence intervals, by bootstrap over subjects."
                + (analysis.imprecise() ? " All metrics are imprecise." : ""), "class", "hint");
    }

    private void tile(Markup page, MetricEstimate estimate) {
        page.open("div", "class", "tile").with("dt", Figures.name(estimate.metric()));
        page.open("dd").with("span", Figures.of(estimate.value()), "class", "value");
        page.with("span", Figures.interval(estimate.lower(), estimate.upper()), "class", "interval").close();
        page.close();
    }
}
