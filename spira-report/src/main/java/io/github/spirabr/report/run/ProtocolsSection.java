package io.github.spirabr.report.run;

import io.github.spirabr.core.evaluation.ConfusionMatrix;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.pipeline.ProtocolEvaluation;
import io.github.spirabr.core.pipeline.TrainingRun;

/** The test set under evaluation protocols. */
final class ProtocolsSection {

    private final TrainingRun findings;
    private final Classes classes;

    ProtocolsSection(Analysis analysis) {
        this.findings = analysis.findings();
        this.classes = analysis.classes();
    }

    void write(Markup page) {
        page.paragraph("Metrics of the test recordings, changed as each protocol says. They supplement the metrics of the unchanged"
                + " recordings.");
        Table table = new Table("Test set unchanged, and under each protocol", "Protocol", "Accuracy", "Sensitivity",
                "Specificity", "AUROC", "Classified as " + classes.positive(), "Recordings");
        protocolRow(table, "none", findings.test());
        for (ProtocolEvaluation protocol : findings.protocols()) {
            protocolRow(table, protocol.protocol(), protocol.test());
        }
        table.write(page);
        page.open("ul", "class", "plain");
        for (ProtocolEvaluation protocol : findings.protocols()) {
            page.open("li").with("strong", protocol.protocol()).text(": ").with("bdi", protocol.disclosure()).close();
        }
        page.close().line();
    }

    private static void protocolRow(Table table, String name, Evaluation test) {
        ConfusionMatrix matrix = test.confusionMatrix();
        table.row(name, Figures.of(test.value(Metric.ACCURACY)), Figures.of(test.value(Metric.SENSITIVITY)),
                Figures.of(test.value(Metric.SPECIFICITY)), Figures.of(test.value(Metric.AUROC)),
                Integer.toString(matrix.truePositives() + matrix.falsePositives()), Integer.toString(matrix.total()));
    }
}
