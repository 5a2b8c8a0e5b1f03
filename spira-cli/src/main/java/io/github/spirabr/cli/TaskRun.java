package io.github.spirabr.cli;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.pipeline.TaskFindings;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.report.run.RunReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The run of an experiment with tasks: a model for each, and a page and a document of their fused answers in a folder. */
final class TaskRun {

    /** Ends the names of the folder of the files, and of the place of completed trainings beside the models. */
    private static final String SUFFIX = "-tasks";
    private static final List<Metric> SHOWN = List.of(Metric.AUROC, Metric.SENSITIVITY, Metric.SPECIFICITY);

    private final Experiment experiment;
    private final ModelRepository models;
    private final @Nullable String work;
    private final boolean again;
    private final Path folder;
    private byte @Nullable [] page;

    /**
     * Creates the run.
     *
     * @param file the experiment's file, beside which the folder is
     * @param models a place other than the experiment's, if any
     * @param work a place other than the experiment's, if any
     */
    TaskRun(Experiment experiment, Path file, @Nullable String models, @Nullable String work, boolean again) {
        this.experiment = experiment;
        this.models = StagedRun.models(experiment, models);
        this.work = work;
        this.again = again;
        this.folder = file.toAbsolutePath().normalize().resolveSibling(experiment.modelName() + SUFFIX);
        WholeFiles.requireWritable(folder);
    }

    /** Trains and writes the files; empty if it was asked to end. */
    Optional<TaskFindings> run(PrintWriter err) {
        ExperimentParts parts = ExperimentParts.of(experiment);
        ConsoleProgress progress = ConsoleProgress.to(err);
        Optional<TaskFindings> findings = StopSignal.during(progress, progress, err,
                listener -> parts.taskTraining(pipeline -> with(pipeline, parts.listener().andThen(listener))).run());
        findings.ifPresent(this::write);
        return findings;
    }

    private TrainingPipeline.Builder with(TrainingPipeline.Builder pipeline, PipelineListener listener) {
        if (experiment.work().isEmpty()) {
            // The same command finds its completed trainings again here.
            pipeline.workStore(experiment.models().beside(SUFFIX).models());
        }
        return StagedRun.equipped(pipeline.models(models), work, again).listener(listener);
    }

    /** Returns the page of the last run. */
    byte[] page() {
        return Objects.requireNonNull(page, "there was no run");
    }

    private void write(TaskFindings findings) {
        Map<String, byte[]> files = new RunReport().report(experiment.modelName(), findings);
        page = files.get(RunReport.HTML);
        WholeFiles.writeInto(folder, files);
    }

    Map<String, Object> json(TaskFindings findings) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("fusion", Settings.nameOf(findings.fusion()));
        Map<String, Object> tasks = new LinkedHashMap<>();
        for (int i = 0; i < findings.tasks().size(); i++) {
            tasks.put(findings.tasks().get(i), StageJson.run(findings.runs().get(i)));
        }
        result.put("tasks", tasks);
        Map<String, Object> fused = new LinkedHashMap<>();
        findings.sessions().ifPresent(sessions -> fused.put("bySession", StageJson.figures(sessions.metrics())));
        fused.put("bySubject", StageJson.figures(findings.subjects().metrics()));
        result.put("fused", fused);
        result.put("files", folder.toString());
        return result;
    }

    void print(PrintWriter to, TaskFindings findings) {
        PrintWriter out = Terminal.lines(to);
        String row = "  %-20s %-9s %5s  %-24s %-24s %s%n";
        out.printf(row, "", "by", "n", "AUROC", "sensitivity", "specificity");
        for (int i = 0; i < findings.tasks().size(); i++) {
            TrainingRun run = findings.runs().get(i);
            String task = findings.tasks().get(i);
            line(out, row, task, "recording", run.metrics());
            if (!run.sessionMetrics().isEmpty()) {
                line(out, row, task, "session", run.sessionMetrics());
            }
            line(out, row, task, "subject", run.subjectMetrics());
        }
        findings.sessions().ifPresent(sessions -> line(out, row, "fused", "session", sessions.metrics()));
        line(out, row, "fused", "subject", findings.subjects().metrics());
        out.println("  fused by " + Settings.nameOf(findings.fusion())
                + "; in brackets 95 % confidence intervals, by bootstrap over subjects");
        for (TrainingRun run : findings.runs()) {
            out.printf("Saved: %s in %s; probes: %s%n", run.model(), run.location(), run.probeSummary());
        }
        out.println("Kept in " + folder + ": " + RunReport.HTML + ", " + RunReport.JSON);
        out.flush();
    }

    private static void line(PrintWriter out, String row, String answers, String by, MetricEstimates metrics) {
        out.printf(row, answers, by, metrics.answers(), text(metrics.metric(SHOWN.get(0))), text(metrics.metric(SHOWN.get(1))),
                text(metrics.metric(SHOWN.get(2))));
    }

    private static String text(MetricEstimate estimate) {
        return Double.isNaN(estimate.value()) ? "-" : RunSummary.text(estimate);
    }
}
