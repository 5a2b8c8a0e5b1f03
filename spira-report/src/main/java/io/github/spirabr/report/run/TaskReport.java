package io.github.spirabr.report.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.pipeline.TaskFindings;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the page and the JSON document of one model for each task, with their fused answers. */
final class TaskReport {

    static final String FORMAT = "1";

    private static final List<Metric> SHOWN =
            List.of(Metric.AUROC, Metric.SENSITIVITY, Metric.SPECIFICITY, Metric.BALANCED_ACCURACY);

    private final String name;
    private final TaskFindings findings;

    private TaskReport(String name, TaskFindings findings) {
        this.name = name;
        this.findings = findings;
    }

    /** Returns the page in UTF-8. */
    static byte[] page(String name, TaskFindings findings) {
        Markup page = new Markup();
        new TaskReport(name, findings).write(page);
        return page.bytes();
    }

    /** Returns the document in UTF-8. */
    static byte[] json(String name, TaskFindings findings) {
        return JsonReport.bytes(json -> new TaskReport(name, findings).write(json));
    }

    private String fusion() {
        return switch (findings.fusion()) {
            case MEAN_LOG_ODDS -> "the mean of the tasks' log odds";
            case LOGISTIC -> "a logistic regression on the tasks' log odds, fitted on the validation set";
        };
    }

    /** Returns the metrics of each level of a task. */
    private static Map<String, MetricEstimates> levels(TrainingRun run) {
        Map<String, MetricEstimates> levels = new LinkedHashMap<>();
        levels.put("recording", run.metrics());
        if (!run.sessionMetrics().isEmpty()) {
            levels.put("session", run.sessionMetrics());
        }
        levels.put("subject", run.subjectMetrics());
        return levels;
    }

    private Map<String, Evaluation> fused() {
        Map<String, Evaluation> levels = new LinkedHashMap<>();
        findings.sessions().ifPresent(sessions -> levels.put("session", sessions));
        levels.put("subject", findings.subjects());
        return levels;
    }

    private void write(Markup page) {
        PageHead.page(page, "Report of tasks: " + name, "Report of one model for each task", name, List.of(
                new Section("fused", "Tasks and their fusion", this::metrics), new Section("models", "Models", this::models)));
    }

    private void metrics(Markup to) {
        to.paragraph("One model for each of the tasks " + String.join(", ", findings.tasks()) + "; trained, validated and tested"
                + " on the same subjects. Fused by " + fusion() + "; a subject's answer is the mean of the log odds of its"
                + " sessions. In small print 95 % confidence intervals, by bootstrap over subjects.");
        List<String> head = new ArrayList<>(List.of("Answers", "By", "n", "Subjects"));
        SHOWN.forEach(metric -> head.add(Figures.name(metric)));
        Table table = new Table("Metrics of the test set", head.toArray(String[]::new));
        for (int i = 0; i < findings.tasks().size(); i++) {
            String task = findings.tasks().get(i);
            levels(findings.runs().get(i)).forEach((by, metrics) -> row(table, task, by, metrics));
        }
        fused().forEach((by, answers) -> row(table, "fused", by, answers.metrics()));
        table.write(to);
        findings.certificate().ifPresent(certificate -> to.paragraph("The split of all tasks together was audited: "
                + Figures.count(certificate.audit().recordings(), "recording") + " compared."));
    }

    private static void row(Table table, String answers, String by, MetricEstimates metrics) {
        List<String> cells = new ArrayList<>(List.of(answers, by, Integer.toString(metrics.answers()),
                Integer.toString(metrics.subjects())));
        for (Metric metric : SHOWN) {
            MetricEstimate one = metrics.metric(metric);
            cells.add(Figures.of(one.value()) + "\n" + Figures.interval(one.lower(), one.upper()));
        }
        table.row(cells.toArray(String[]::new));
    }

    private void models(Markup to) {
        Table table = new Table("The model of each task; each has a report of its own", "Task", "Model", "Training recordings",
                "Test recordings", "Probes");
        for (int i = 0; i < findings.tasks().size(); i++) {
            TrainingRun run = findings.runs().get(i);
            table.row(findings.tasks().get(i), run.isSaved() ? run.model().toString() : run.modelName(),
                    Integer.toString(run.split().training().recordings().size()), Integer.toString(run.test().scores().size()),
                    run.probeSummary().toString());
        }
        table.write(to);
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", FORMAT);
        json.writeStringField("notice", RunReport.NOTICE);
        json.writeStringField("name", name);
        json.writeStringField("fusion", Settings.nameOf(findings.fusion()));
        json.writeArrayFieldStart("tasks");
        for (int i = 0; i < findings.tasks().size(); i++) {
            TrainingRun run = findings.runs().get(i);
            json.writeStartObject();
            json.writeStringField("task", findings.tasks().get(i));
            json.writeStringField("model", run.modelName());
            if (run.isSaved()) {
                json.writeNumberField("version", run.model().number());
            }
            json.writeStringField("identity", run.identity());
            for (Map.Entry<String, MetricEstimates> level : levels(run).entrySet()) {
                estimates(json, level.getKey(), level.getValue());
            }
            json.writeStringField("probes", run.probeSummary().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("fused");
        json.writeNumberField("threshold", findings.subjects().threshold());
        for (Map.Entry<String, Evaluation> level : fused().entrySet()) {
            estimates(json, level.getKey(), level.getValue().metrics());
        }
        json.writeEndObject();
        if (findings.certificate().isPresent()) {
            json.writeObjectFieldStart("certificate");
            for (Map.Entry<String, String> one : findings.certificate().get().describe().entrySet()) {
                json.writeStringField(one.getKey(), one.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    static void estimates(JsonGenerator json, String by, MetricEstimates metrics) throws IOException {
        json.writeObjectFieldStart(by);
        for (MetricEstimate one : metrics) {
            json.writeObjectFieldStart(Figures.key(one.metric()));
            JsonReport.number(json, "value", one.value());
            JsonReport.number(json, "lower", one.lower());
            JsonReport.number(json, "upper", one.upper());
            json.writeNumberField("answers", one.answers());
            json.writeNumberField("subjects", one.subjects());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
