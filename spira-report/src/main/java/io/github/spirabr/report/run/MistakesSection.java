package io.github.spirabr.report.run;

import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.evaluation.TemperatureScaling;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.recording.Label;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The most wrong answers, window by window. */
final class MistakesSection {

    private static final int MOST_MISTAKES = 12;

    private final Analysis analysis;
    private final TrainingRun findings;

    MistakesSection(Analysis analysis) {
        this.analysis = analysis;
        this.findings = analysis.findings();
    }

    void write(Markup page) {
        List<RecordingScore> wrong = analysis.mistakes();
        int all = findings.test().scores().size();
        if (wrong.isEmpty()) {
            page.paragraph("All of the " + all + " test recordings are classified correctly.");
            return;
        }
        page.paragraph(String.format(Locale.ROOT, "%d of %d test recordings are misclassified%s. Listen to "
                        + "them: is the cause the speech, the recording, or the label? The dashed line is the threshold%s.",
                wrong.size(), all, wrong.size() > MOST_MISTAKES
                        ? "; these are the " + MOST_MISTAKES + " most wrong ones, report.json has all answers" : "",
                findings.decision().calibration().equals(TemperatureScaling.NONE) ? "" : ", as it is before calibration"));
        mistaken(page);
        page.open("div", "class", "charts").line();
        Optional<WindowTimes> times = analysis.windowTimes();
        double threshold = windowThreshold();
        for (int i = 0; i < Math.min(MOST_MISTAKES, wrong.size()); i++) {
            RecordingScore score = wrong.get(i);
            page.open("figure");
            Charts.windows("mistake-" + (i + 1), score, threshold, times).write(page);
            page.open("figcaption").open("strong").with("bdi", score.recording()).close();
            page.text((analysis.classes().named() ? " is of " + analysis.classes().many(score.label())
                    : " is of a " + analysis.classes().one(score.label())) + ", classified as "
                    + analysis.classes().one(score.label() == Label.PATIENT ? Label.CONTROL : Label.PATIENT) + ": probability "
                    + Figures.of(score.probability()) + ", ");
            page.text(Figures.count(score.windows().size(), "window") + ", subject ").with("bdi", score.subject()).text(".");
            page.close().close().line();
        }
        page.close().line();
    }

    /** A model that fails one speaker is another one than one that fails a few recordings of everybody. */
    private void mistaken(Markup page) {
        if (analysis.oneRecordingEach()) {
            return;
        }
        List<Analysis.Mistaken> mistaken = analysis.mistaken();
        Table table = new Table("Subjects of the misclassified recordings" + (mistaken.size() > MOST_MISTAKES
                ? ", the first " + MOST_MISTAKES + " of " + mistaken.size() + " subjects" : ""),
                "Subject", "Wrong answers", "All answers");
        mistaken.stream().limit(MOST_MISTAKES).forEach(one ->
                table.row(one.subject(), Long.toString(one.wrong()), Long.toString(one.answers())));
        table.write(page);
    }

    /** The threshold of a recording's calibrated probability, on the scale of its windows'. */
    private double windowThreshold() {
        double threshold = findings.decision().threshold();
        double temperature = findings.decision().calibration().temperature();
        if (temperature == 1 || threshold <= 0 || threshold >= 1) {
            return threshold;
        }
        return 1 / (1 + Math.exp(-Math.log(threshold / (1 - threshold)) * temperature));
    }
}
