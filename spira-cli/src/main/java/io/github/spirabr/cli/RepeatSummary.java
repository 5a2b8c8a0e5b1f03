package io.github.spirabr.cli;

import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.pipeline.RepeatedFindings;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.probe.ProbeResult;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The summary of several trainings: as text within 80 columns, and as JSON. */
final class RepeatSummary {

    private static final String ROW = "  %-25s %-5s  %-5s  %-14s  %s%n";

    private final RepeatedFindings findings;
    private final MetricEstimates together;
    private final RepeatFiles files;
    private final @Nullable String leftOut;

    /**
     * Creates a summary.
     *
     * @param leftOut the column whose values are left out, if any
     */
    RepeatSummary(RepeatedFindings findings, RepeatFiles files, @Nullable String leftOut) {
        this.findings = findings;
        this.leftOut = leftOut;
        this.together = findings.ensembleMetrics();
        this.files = files;
    }

    Map<String, Object> json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("seeds", findings.seeds());
        tree.put("folds", findings.folds());
        tree.put("models", findings.runs().stream().map(run -> run.model().toString()).toList());
        tree.put("imprecise", together.imprecise());
        tree.put("noPatientFound", noPatientFound());
        tree.put("files", files.toString());
        Map<String, Object> figures = new LinkedHashMap<>();
        for (MetricEstimates.Spread spread : findings.spread()) {
            MetricEstimate ensemble = together.metric(spread.metric());
            Map<String, Object> figure = new LinkedHashMap<>();
            figure.put("mean", StageJson.number(spread.mean()));
            figure.put("standardDeviation", StageJson.number(spread.standardDeviation()));
            figure.put("lower", StageJson.number(spread.lower()));
            figure.put("upper", StageJson.number(spread.upper()));
            figure.put("ensemble", StageJson.number(ensemble.value()));
            figure.put("ensembleLower", StageJson.number(ensemble.lower()));
            figure.put("ensembleUpper", StageJson.number(ensemble.upper()));
            figures.put(spread.metric().name().toLowerCase(Locale.ROOT), figure);
        }
        tree.put("figures", figures);
        return tree;
    }

    private List<String> noPatientFound() {
        return findings.runs().stream().filter(run -> run.test().value(Metric.SENSITIVITY) == 0)
                .map(run -> run.model().toString()).toList();
    }

    void print(PrintWriter to) {
        PrintWriter out = Terminal.lines(to);
        out.printf(Locale.ROOT, "%s: %s, seeds %s%n", Counted.of(findings.runs().size(), "training"),
                Counted.of(findings.folds(), "fold"), findings.seeds());
        trainings(out);
        out.printf(ROW, "by recording", "mean", "s.d.", "95 % interval", "all models together");
        for (MetricEstimates.Spread spread : findings.spread()) {
            if (spread.metric().isClinical()) {
                continue;
            }
            MetricEstimate ensemble = together.metric(spread.metric());
            out.printf(ROW, spread.metric().name().toLowerCase(Locale.ROOT).replace('_', ' '), number(spread.mean()),
                    number(spread.standardDeviation()), interval(spread.lower(), spread.upper()),
                    number(ensemble.value()) + " (" + interval(ensemble.lower(), ensemble.upper()) + ")");
        }
        out.println(findings.folds() > 1
                ? "  95 % interval of the mean over folds, widened since folds share training data;"
                : "  95 % interval of the mean over seeds: the randomness of training alone;");
        out.println("  in brackets 95 % intervals by bootstrap over subjects");
        if (together.imprecise()) {
            out.printf(Locale.ROOT, "  imprecise: a class has fewer than %d subjects; the metrics are no more%n  than a hint%n",
                    MetricEstimate.PRECISE_SUBJECTS);
        }
        for (String model : noPatientFound()) {
            out.println("  no " + findings.runs().get(0).target().positive() + " was found (sensitivity 0): " + model);
        }
        out.printf("Kept in %s:%n  %s (the answer to each recording), %s (of each training),%n  %s%n",
                files, RepeatFiles.ANSWERS, RepeatFiles.METRICS, RepeatFiles.PAGE);
        out.println("The report of each training is saved with its model: spira models report NAME");
        out.flush();
    }

    private void trainings(PrintWriter out) {
        int width = findings.runs().stream().mapToInt(run -> run.model().toString().length()).max().orElse(0);
        String row = "  %-" + Math.max(width, 27) + "s  %-6s  %-11s  %-11s  %s%n";
        out.printf(row, "", "AUROC", "sensitivity", "specificity", leftOut == null ? "probes" : leftOut);
        for (TrainingRun run : findings.runs()) {
            out.printf(row, run.model(), number(run.test().value(Metric.AUROC)),
                    number(run.test().value(Metric.SENSITIVITY)), number(run.test().value(Metric.SPECIFICITY)),
                    leftOut == null ? probes(run) : group(run, leftOut));
        }
        for (TrainingRun run : findings.runs()) {
            if (!run.probeSummary().passes()) {
                out.printf("  probes of %s: %s%n", run.model(), run.probeSummary());
            }
        }
    }

    private static String probes(TrainingRun run) {
        return ProbeResult.anyOfProbe(run.probes()) ? Counted.of(run.probeSummary().failed().size(), "failure") : "none";
    }

    private static String group(TrainingRun run, String column) {
        return run.split().test().recordings().get(0).metadata().getOrDefault(column, "");
    }

    private static String interval(double lower, double upper) {
        return Double.isNaN(lower) ? "-" : number(lower) + " to " + number(upper);
    }

    static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
