package io.github.spirabr.report.run;

import io.github.spirabr.core.evaluation.ClinicalMetrics;
import io.github.spirabr.core.evaluation.ClinicalMetrics.Screening;
import io.github.spirabr.core.evaluation.Estimate;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Metrics of clinical studies: at fixed specificity, calibration, predictive values at a prevalence, decision curve. */
final class ClinicalSection {

    private final Classes classes;
    private final Map<String, MetricEstimates> estimates = new LinkedHashMap<>();
    private final Map<String, ClinicalMetrics> levels = new LinkedHashMap<>();
    private final List<Answers> shown;

    ClinicalSection(Analysis analysis) {
        classes = analysis.classes();
        shown = analysis.oneRecordingEach()
                ? List.of(analysis.byRecording()) : List.of(analysis.byRecording(), analysis.bySubject());
        add("recording", analysis.findings().metrics(), analysis.byRecording().clinical());
        analysis.bySession().ifPresent(clinical -> add("session", analysis.findings().sessionMetrics(), clinical));
        if (!analysis.oneRecordingEach()) {
            add("subject", analysis.findings().subjectMetrics(), analysis.bySubject().clinical());
        }
    }

    private void add(String level, MetricEstimates metrics, ClinicalMetrics clinical) {
        estimates.put(level, metrics);
        levels.put(level, clinical);
    }

    void write(Markup page) {
        page.paragraph("The threshold in use is unchanged; none of these is a choice. Below each value its 95 % interval; \u201Cno "
                + "interval\u201D: too few subjects.");
        metrics(page);
        screening(page);
        page.open("div", "class", "charts paired").line();
        shown.stream().filter(one -> !one.clinical().decisionCurve().isEmpty()).forEach(one -> Charts.decision(one).figure(
                page, "Decision curve by " + one.unit(), "Net benefit over the probability from which on a person is treated. "
                        + "Shaded: 95 % band. Dashed: treating everybody; treating nobody has a net benefit of 0."));
        page.close().line();
    }

    private void metrics(Markup page) {
        List<String> head = new ArrayList<>(List.of("Metric"));
        levels.keySet().forEach(level -> head.add("By " + level));
        head.add("Meaning");
        Table table = new Table("Clinical metrics of the test set", head.toArray(String[]::new));
        for (MetricEstimate one : estimates.get("recording")) {
            if (one.metric().isClinical()) {
                List<String> cells = new ArrayList<>(List.of(Figures.name(one.metric())));
                estimates.values().forEach(level -> cells.add(level.find(one.metric())
                        .map(its -> Figures.of(new Estimate(its.value(), its.lower(), its.upper()))).orElse(Figures.UNDEFINED)));
                cells.add(Figures.meaning(one.metric(), classes));
                table.row(cells.toArray(String[]::new));
            }
        }
        row(table, "Calibration intercept", ClinicalMetrics::calibrationIntercept,
                "calibration in the large: 0 is perfect, below 0 overestimates the risk");
        row(table, "Calibration slope", ClinicalMetrics::calibrationSlope, "1 is perfect, below 1 is too extreme");
        table.write(page);
    }

    private void row(Table table, String name, Function<ClinicalMetrics, Estimate> value, String meaning) {
        List<String> cells = new ArrayList<>(List.of(name));
        levels.values().forEach(level -> cells.add(Figures.of(value.apply(level))));
        cells.add(meaning);
        table.row(cells.toArray(String[]::new));
    }

    private void screening(Markup page) {
        Table table = new Table("At a prevalence of the condition, with the sensitivity and specificity by recording", "Prevalence",
                "Positive predictive value", "Negative predictive value", "Number needed to screen");
        for (Screening one : levels.get("recording").screening()) {
            table.row(String.format(Locale.ROOT, "%.0f %%", 100 * one.prevalence()), Figures.of(one.positivePredictiveValue()),
                    Figures.of(one.negativePredictiveValue()), number(one.numberNeededToScreen()));
        }
        table.write(page);
    }

    private static String number(Estimate estimate) {
        return Double.isNaN(estimate.value()) ? Figures.UNDEFINED
                : String.format(Locale.ROOT, "%.1f", estimate.value()) + (Double.isNaN(estimate.lower()) ? "\nno interval"
                        : String.format(Locale.ROOT, "\n%.1f to %.1f", estimate.lower(), estimate.upper()));
    }
}
