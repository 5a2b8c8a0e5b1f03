package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.GroupFigures;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.internal.Rows;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.List;

/** Answers and figures as rows, from which equal ones are had. */
final class EvaluationRows {

    private static final int SCORE_FIELDS = 4;
    private static final int FIGURE_FIELDS = 6;
    private static final int ESTIMATE_FIELDS = 7;
    private static final int GROUP_FIELDS = 2;
    private static final int RESULT_FIELDS = 4;

    private EvaluationRows() {}

    /** A row for each recording; its fields from the fifth on are the probabilities of its windows. */
    static byte[] scores(Evaluation evaluation) {
        List<List<String>> rows = new ArrayList<>();
        for (RecordingScore score : evaluation.scores()) {
            List<String> row = new ArrayList<>(List.of(
                    score.recording(), score.subject(), score.label().name(), Double.toString(score.probability())));
            score.windows().forEach(window -> row.add(Double.toString(window)));
            rows.add(row);
        }
        return Rows.write(rows);
    }

    static Evaluation evaluation(byte[] scores, double threshold) {
        List<RecordingScore> read = new ArrayList<>();
        for (List<String> row : Rows.read(scores)) {
            read.add(new RecordingScore(
                    row.get(0), row.get(1), Label.valueOf(row.get(2)), Double.parseDouble(row.get(3)),
                    row.subList(SCORE_FIELDS, row.size()).stream().map(Double::valueOf).toList()));
        }
        return new Evaluation(read, threshold);
    }

    static byte[] estimates(List<MetricEstimate> estimates) {
        return Rows.write(estimates.stream().map(EvaluationRows::fields).toList());
    }

    static List<MetricEstimate> estimates(byte[] rows) {
        return Rows.read(rows).stream().map(EvaluationRows::estimate).toList();
    }

    private static List<String> fields(MetricEstimate one) {
        return List.of(
                one.metric().name(),
                Double.toString(one.value()),
                Double.toString(one.lower()),
                Double.toString(one.upper()),
                Integer.toString(one.answers()),
                Integer.toString(one.subjects()),
                Boolean.toString(one.imprecise()));
    }

    private static MetricEstimate estimate(List<String> row) {
        return new MetricEstimate(
                Metric.valueOf(row.get(0)),
                Double.parseDouble(row.get(1)),
                Double.parseDouble(row.get(2)),
                Double.parseDouble(row.get(3)),
                Integer.parseInt(row.get(4)),
                Integer.parseInt(row.get(5)),
                Boolean.parseBoolean(row.get(6)));
    }

    /** A row for each group; its fields from the third on are those of its figures, seven for each. */
    static byte[] groups(List<GroupFigures> groups) {
        List<List<String>> rows = new ArrayList<>();
        for (GroupFigures group : groups) {
            List<String> row = new ArrayList<>(List.of(group.column(), group.group()));
            group.figures().forEach(figure -> row.addAll(fields(figure)));
            rows.add(row);
        }
        return Rows.write(rows);
    }

    static List<GroupFigures> groups(byte[] rows) {
        List<GroupFigures> groups = new ArrayList<>();
        for (List<String> row : Rows.read(rows)) {
            List<MetricEstimate> figures = new ArrayList<>();
            for (int i = GROUP_FIELDS; i < row.size(); i += ESTIMATE_FIELDS) {
                figures.add(estimate(row.subList(i, i + ESTIMATE_FIELDS)));
            }
            groups.add(new GroupFigures(row.get(0), row.get(1), figures));
        }
        return groups;
    }

    /** A row for each result; its fields from the fifth on are those of its figures, six for each. */
    static byte[] probes(List<ProbeResult> results) {
        List<List<String>> rows = new ArrayList<>();
        for (ProbeResult result : results) {
            List<String> row = new ArrayList<>(
                    List.of(result.name(), result.question(), result.verdict().name(), result.finding()));
            for (ProbeResult.Figure figure : result.figures()) {
                row.addAll(List.of(
                        figure.name(),
                        Double.toString(figure.value()),
                        Double.toString(figure.lower()),
                        Double.toString(figure.upper()),
                        Integer.toString(figure.recordings()),
                        Integer.toString(figure.subjects())));
            }
            rows.add(row);
        }
        return Rows.write(rows);
    }

    static List<ProbeResult> probes(byte[] rows) {
        List<ProbeResult> results = new ArrayList<>();
        for (List<String> row : Rows.read(rows)) {
            List<ProbeResult.Figure> figures = new ArrayList<>();
            for (int i = RESULT_FIELDS; i < row.size(); i += FIGURE_FIELDS) {
                figures.add(new ProbeResult.Figure(
                        row.get(i),
                        Double.parseDouble(row.get(i + 1)),
                        Double.parseDouble(row.get(i + 2)),
                        Double.parseDouble(row.get(i + 3)),
                        Integer.parseInt(row.get(i + 4)),
                        Integer.parseInt(row.get(i + 5))));
            }
            results.add(new ProbeResult(
                    row.get(0), row.get(1), ProbeResult.Verdict.valueOf(row.get(2)), row.get(3), figures));
        }
        return results;
    }
}
