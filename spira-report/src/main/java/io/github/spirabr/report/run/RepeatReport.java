package io.github.spirabr.report.run;

import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.pipeline.RepeatedFindings;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.util.ArrayList;
import java.util.List;

/** Writes the page of several trainings of one pipeline. */
final class RepeatReport {

    private static final List<Metric> EACH =
            List.of(Metric.AUROC, Metric.BALANCED_ACCURACY, Metric.SENSITIVITY, Metric.SPECIFICITY);

    private final String name;
    private final RepeatedFindings findings;
    private final MetricEstimates together;
    private final Classes classes;
    private final Answers answers;
    private final Markup page = new Markup();

    private RepeatReport(String name, RepeatedFindings findings) {
        this.name = name;
        this.findings = findings;
        this.together = findings.ensembleMetrics();
        this.classes = new Classes(findings.runs().get(0).target());
        this.answers = Answers.of("recording", classes, findings.ensemble(), together, findings.seeds().get(0));
    }

    /** Returns the page in UTF-8. */
    static byte[] of(String name, RepeatedFindings findings) {
        RepeatReport report = new RepeatReport(name, findings);
        report.write();
        return report.page.bytes();
    }

    private void write() {
        PageHead.page(page, "Report of repeated training: " + name, "Report of several trainings", name, List.of(
                new Section("glance", "At a glance", this::glance),
                new Section("figures", "Metrics", this::metrics),
                new Section("trainings", "Trainings", this::trainings),
                new Section("groups", "Groups", to -> GroupsSection.write(to, findings.groups(), classes))));
    }

    private void glance(Markup to) {
        to.paragraph(Figures.count(findings.runs().size(), "training") + ": "
                + Figures.count(findings.folds(), "test set") + ", " + Figures.count(findings.seeds().size(), "seed") + " "
                + findings.seeds() + ". Tested on " + Figures.count(together.answers(), "recording") + " of "
                + Figures.count(together.subjects(), "subject") + ", each by models that did not see the subject in training.");
        to.open("ul", "class", "alerts", "aria-label", "Warnings");
        if (together.imprecise()) {
            warning(to, "Imprecise.", "A class has fewer than " + MetricEstimate.PRECISE_SUBJECTS
                    + " subjects; the metrics are no more than a hint.");
        }
        List<String> blind = findings.runs().stream().filter(run -> run.test().value(Metric.SENSITIVITY) == 0)
                .map(TrainingRun::modelName).toList();
        if (!blind.isEmpty()) {
            warning(to, "No " + classes.positive() + " was found (sensitivity 0).", String.join(", ", blind));
        }
        to.close().line();
    }

    private static void warning(Markup to, String title, String text) {
        to.open("li", "class", "alert warning").with("strong", title).text(" ").with("span", text).close();
    }

    private void metrics(Markup to) {
        to.paragraph(findings.folds() > 1
                ? "The interval of the mean is widened, since folds share most of their training data."
                : "The interval of the mean measures the randomness of training alone, not other subjects.");
        Table table = new Table("Metrics by recording", "Metric", "Mean", "Standard deviation", "95 % interval of the mean",
                "All models together", "95 % interval", "Meaning");
        for (MetricEstimates.Spread spread : findings.spread()) {
            if (spread.metric().isClinical()) {
                continue;
            }
            MetricEstimate ensemble = together.metric(spread.metric());
            table.row(Figures.name(spread.metric()), Figures.of(spread.mean()), Figures.of(spread.standardDeviation()),
                    Figures.interval(spread.lower(), spread.upper()), Figures.of(ensemble.value()),
                    Figures.interval(ensemble.lower(), ensemble.upper()), Figures.meaning(spread.metric(), classes));
        }
        table.write(to);
        if (!answers.roc().points().isEmpty()) {
            to.open("div", "class", "charts paired").line();
            Charts.roc(answers).figure(to, "ROC of all models together", "AUROC " + together.metric(Metric.AUROC)
                    + ". Shaded: 95 % band. Dashed: chance. Ring: the threshold in use.");
            to.close().line();
        }
    }

    private void trainings(Markup to) {
        List<String> head = new ArrayList<>(List.of("Model", "Test recordings", "Test subjects"));
        EACH.forEach(metric -> head.add(Figures.name(metric)));
        head.add("Probes");
        Table table = new Table("Each training on its test set", head.toArray(String[]::new));
        for (TrainingRun run : findings.runs()) {
            List<String> cells = new ArrayList<>(List.of(run.isSaved() ? run.model().toString() : run.modelName(),
                    Integer.toString(run.test().scores().size()), Long.toString(run.test().subjects())));
            for (Metric metric : EACH) {
                MetricEstimate one = run.metrics().metric(metric);
                cells.add(Figures.of(one.value()) + "\n" + Figures.interval(one.lower(), one.upper()));
            }
            cells.add(run.probeSummary().toString());
            table.row(cells.toArray(String[]::new));
        }
        table.write(to);
    }
}
