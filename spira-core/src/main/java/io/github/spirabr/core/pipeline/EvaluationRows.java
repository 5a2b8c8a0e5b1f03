package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.GroupMetrics;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.internal.Table;
import io.github.spirabr.core.model.Coefficient;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.registry.ModelArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of evaluations and metrics in a stage's outcome. */
final class EvaluationRows {

    private static final int SCORE_FIELDS = 4;
    private static final int FIGURE_FIELDS = 6;
    private static final int ESTIMATE_FIELDS = 7;
    private static final int GROUP_FIELDS = 2;
    private static final int RESULT_FIELDS = 4;
    private static final int EFFECT_NUMBERS = 3;

    private EvaluationRows() {}

    /** Returns a row for each recording; its fields from the fifth on are the probabilities of its windows. */
    static byte[] scores(Evaluation evaluation) {
        List<List<String>> rows = new ArrayList<>();
        for (RecordingScore score : evaluation.scores()) {
            List<String> row = new ArrayList<>(List.of(
                    score.recording(), score.subject(), score.label().name(), Double.toString(score.probability())));
            score.windows().forEach(window -> row.add(Double.toString(window)));
            rows.add(row);
        }
        return Table.write(rows);
    }

    static Evaluation evaluation(ModelArtifact artifact, String file, double threshold) {
        return Evaluation.of(Table.read(file, artifact.file(file), EvaluationRows::score), threshold);
    }

    private static RecordingScore score(List<String> row) {
        return new RecordingScore(
                row.get(0), row.get(1), Label.valueOf(row.get(2)), Double.parseDouble(row.get(3)),
                row.subList(SCORE_FIELDS, row.size()).stream().map(Double::valueOf).toList());
    }

    static byte[] estimates(MetricEstimates estimates) {
        return Table.write(estimates.all().stream().map(EvaluationRows::fields).toList());
    }

    static MetricEstimates estimates(ModelArtifact artifact, String file) {
        return MetricEstimates.of(Table.read(file, artifact.file(file), EvaluationRows::estimate));
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
        return MetricEstimate.builder(Metric.valueOf(row.get(0)), Double.parseDouble(row.get(1)))
                .interval(Double.parseDouble(row.get(2)), Double.parseDouble(row.get(3)))
                .answers(Integer.parseInt(row.get(4)))
                .subjects(Integer.parseInt(row.get(5)))
                .imprecise(Boolean.parseBoolean(row.get(6)))
                .build();
    }

    /** Returns a row for each group; from the third field on, seven fields for each metric. */
    static byte[] groups(List<GroupMetrics> groups) {
        List<List<String>> rows = new ArrayList<>();
        for (GroupMetrics group : groups) {
            List<String> row = new ArrayList<>(List.of(group.column(), group.group()));
            group.metrics().forEach(figure -> row.addAll(fields(figure)));
            rows.add(row);
        }
        return Table.write(rows);
    }

    static List<GroupMetrics> groups(ModelArtifact artifact, String file) {
        return Table.read(file, artifact.file(file), EvaluationRows::group);
    }

    private static GroupMetrics group(List<String> row) {
        List<MetricEstimate> figures = new ArrayList<>();
        for (int i = GROUP_FIELDS; i < row.size(); i += ESTIMATE_FIELDS) {
            figures.add(estimate(row.subList(i, i + ESTIMATE_FIELDS)));
        }
        return new GroupMetrics(row.get(0), row.get(1), MetricEstimates.of(figures));
    }

    /** Returns a row for each feature; the last three fields are its coefficient, if it has one. */
    static byte[] effects(List<FeatureEffect> effects) {
        List<List<String>> rows = new ArrayList<>();
        for (FeatureEffect effect : effects) {
            List<String> row = new ArrayList<>(List.of(effect.name(), Double.toString(effect.importance()),
                    Double.toString(effect.lower()), Double.toString(effect.upper())));
            effect.coefficient().ifPresent(one -> row.addAll(List.of(
                    Double.toString(one.value()), Double.toString(one.lower()), Double.toString(one.upper()))));
            rows.add(row);
        }
        return Table.write(rows);
    }

    static List<FeatureEffect> effects(ModelArtifact artifact, String file) {
        return Table.read(file, artifact.file(file), EvaluationRows::effect);
    }

    private static FeatureEffect effect(List<String> row) {
        List<Double> numbers = row.stream().skip(1).map(Double::valueOf).toList();
        Optional<Coefficient> coefficient = numbers.size() <= EFFECT_NUMBERS ? Optional.empty()
                : Optional.of(new Coefficient(numbers.get(3), numbers.get(4), numbers.get(5)));
        return new FeatureEffect(row.get(0), coefficient, numbers.get(0), numbers.get(1), numbers.get(2));
    }

    /** Returns a row for each result; from the fifth field on, six fields for each measurement. */
    static byte[] probes(List<ProbeResult> results) {
        List<List<String>> rows = new ArrayList<>();
        for (ProbeResult result : results) {
            List<String> row = new ArrayList<>(
                    List.of(result.name(), result.question(), result.verdict().name(), result.finding()));
            for (ProbeResult.Measurement figure : result.measurements()) {
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
        return Table.write(rows);
    }

    static List<ProbeResult> probes(ModelArtifact artifact, String file) {
        return Table.read(file, artifact.file(file), EvaluationRows::probe);
    }

    private static ProbeResult probe(List<String> row) {
        List<ProbeResult.Measurement> figures = new ArrayList<>();
        for (int i = RESULT_FIELDS; i < row.size(); i += FIGURE_FIELDS) {
            figures.add(new ProbeResult.Measurement(
                    row.get(i),
                    Double.parseDouble(row.get(i + 1)),
                    Double.parseDouble(row.get(i + 2)),
                    Double.parseDouble(row.get(i + 3)),
                    Integer.parseInt(row.get(i + 4)),
                    Integer.parseInt(row.get(i + 5))));
        }
        return new ProbeResult(row.get(0), row.get(1), ProbeResult.Verdict.valueOf(row.get(2)), row.get(3), figures);
    }
}
