package io.github.spirabr.report.run;

import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.util.Locale;

/** The losses of each epoch. */
final class TrainingSection {

    private final TrainingRun findings;

    TrainingSection(Analysis analysis) {
        this.findings = analysis.findings();
    }

    void write(Markup page) {
        page.paragraph(String.format(Locale.ROOT,
                "%s; the model of epoch %d was kept, by the lowest loss on the validation set.",
                Figures.count(findings.epochs().size(), "epoch"), findings.bestEpoch()));
        page.open("div", "class", "charts").line();
        page.open("figure");
        Charts.losses(findings).write(page);
        page.open("figcaption").with("strong", "Losses").text(". ");
        page.with("span", "training", "class", "key first").text(", ").with("span", "validation", "class", "key second");
        page.text(". The training loss is window-level, with dropout; the validation loss is recording-level.");
        page.close().close().line();
        Charts.accuracy(findings).figure(page, "Validation accuracy",
                "Share of correctly classified validation recordings, at the threshold 0.5.");
        page.close().line();
        page.open("details").with("summary", "All epochs");
        Table table = new Table("Losses and accuracy of each epoch", "Epoch", "Training loss", "Validation loss", "Validation accuracy");
        for (EpochSummary epoch : findings.epochs()) {
            table.row(Integer.toString(epoch.epoch()), Figures.of(epoch.trainingLoss()), Figures.of(epoch.validationLoss()),
                    Figures.of(epoch.validationAccuracy()));
        }
        table.write(page);
        page.close().line();
    }
}
