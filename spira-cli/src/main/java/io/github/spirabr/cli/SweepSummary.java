package io.github.spirabr.cli;

import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.sweep.SweepFindings;
import io.github.spirabr.core.sweep.SweptPoint;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The summary of a sweep: as text, and as JSON. */
final class SweepSummary {

    /** Points that are printed; all of them are in the files. */
    private static final int SHOWN = 10;

    private final SweepFindings findings;
    private final SweepFiles files;

    SweepSummary(SweepFindings findings, SweepFiles files) {
        this.findings = findings;
        this.files = files;
    }

    Map<String, Object> json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("metric", Settings.nameOf(findings.metric()));
        tree.put("epochs", findings.epochs());
        tree.put("points", findings.ranking().stream().map(SweepSummary::point).toList());
        Map<String, Object> winner = new LinkedHashMap<>();
        winner.put("point", findings.best().number());
        winner.put("seed", findings.winningTrial().seed());
        winner.put("model", findings.winner().model().toString());
        winner.put("test", StageJson.figures(findings.winner().metrics()));
        tree.put("winner", winner);
        tree.put("files", files.toString());
        return tree;
    }

    private static Map<String, Object> point(SweptPoint point) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("point", point.number());
        Map<String, Object> settings = new LinkedHashMap<>();
        point.settings().forEach((name, value) ->
                settings.put(name, value instanceof Number || value instanceof Boolean ? value : value.toString()));
        tree.put("settings", settings);
        tree.put("round", point.round());
        tree.put("epochs", point.epochs());
        tree.put("mean", StageJson.number(point.mean()));
        tree.put("standardDeviation", StageJson.number(point.standardDeviation()));
        tree.put("values", point.values().stream().map(StageJson::number).toList());
        tree.put("faults", point.faults());
        return tree;
    }

    void print(PrintWriter to) {
        PrintWriter out = Terminal.lines(to);
        List<SweptPoint> ranking = findings.ranking();
        out.printf(Locale.ROOT, "%s by %s of the validation set, %s of training in all:%n", Counted.of(ranking.size(), "point"),
                Settings.nameOf(findings.metric()), Counted.of(Math.toIntExact(findings.epochs()), "epoch"));
        for (SweptPoint point : ranking.subList(0, Math.min(SHOWN, ranking.size()))) {
            out.printf("  %-14s  %s%n", RepeatSummary.number(point.mean())
                            + (Double.isNaN(point.standardDeviation()) ? "" : " ± " + RepeatSummary.number(point.standardDeviation())),
                    "point " + point.number() + ": " + SweepProgress.text(point.settings()));
        }
        if (ranking.size() > SHOWN) {
            out.printf(Locale.ROOT, "  and %d more in %s%n", ranking.size() - SHOWN, SweepFiles.POINTS);
        }
        TrainingRun winner = findings.winner();
        out.printf("The winner on the test set: AUROC %s, saved as %s%n", winner.metrics().metric(Metric.AUROC), winner.model());
        out.println("  its validation set chose it, and promises too much; the test set answered once");
        out.printf("Kept in %s:%n  %s, %s (the winner's experiment), %s%n", files, SweepFiles.POINTS, SweepFiles.WINNER,
                SweepFiles.PAGE);
        out.flush();
    }
}
