package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.GroupMetrics;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.inspection.DatasetInspection;
import io.github.spirabr.core.internal.Table;
import io.github.spirabr.core.model.Coefficient;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.registry.ModelArtifact;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of evaluations and metrics in a stage's outcome. */
final class EvaluationRows {

    private static final int SCORE_FIELDS = 4;
    private static final int FIGURE_FIELDS = 6;
    private static final int ESTIMATE_FIELDS = 7;
    private static final int GROUP_FIELDS = 2;
    private static final int RESULT_FIELDS = 4;
    private static final int EFFECT_FIELDS = 7;
    private static final int HINT_FIELDS = 4;
    private static final int CLASS_FIELDS = 6;
    private static final String NONE = "-";

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

    /**
     * Returns a row for each feature: its importance, its coefficient or three dashes, and where its values differ, how well they
     * tell the classes apart, and six fields for each class.
     */
    static byte[] effects(List<FeatureEffect> effects) {
        List<List<String>> rows = new ArrayList<>();
        for (FeatureEffect effect : effects) {
            List<String> row = new ArrayList<>(List.of(effect.name(), Double.toString(effect.importance()),
                    Double.toString(effect.lower()), Double.toString(effect.upper())));
            row.addAll(effect.coefficient().map(one -> List.of(
                    Double.toString(one.value()), Double.toString(one.lower()), Double.toString(one.upper())))
                    .orElse(List.of(NONE, NONE, NONE)));
            effect.byClass().ifPresent(measure -> {
                DatasetInspection.Hint hint = measure.hint();
                row.addAll(List.of(Double.toString(hint.auroc()), Double.toString(hint.lower()), Double.toString(hint.upper()),
                        Boolean.toString(hint.patientsHigher())));
                measure.distributions().forEach((label, spread) -> row.addAll(List.of(label.name(), Double.toString(spread.least()),
                        Double.toString(spread.low()), Double.toString(spread.median()), Double.toString(spread.high()),
                        Double.toString(spread.greatest()))));
            });
            rows.add(row);
        }
        return Table.write(rows);
    }

    static List<FeatureEffect> effects(ModelArtifact artifact, String file) {
        return Table.read(file, artifact.file(file), EvaluationRows::effect);
    }

    private static FeatureEffect effect(List<String> row) {
        Optional<Coefficient> coefficient = row.get(4).equals(NONE) ? Optional.empty()
                : Optional.of(new Coefficient(number(row, 4), number(row, 5), number(row, 6)));
        return new FeatureEffect(row.get(0), coefficient, number(row, 1), number(row, 2), number(row, 3),
                row.size() <= EFFECT_FIELDS ? Optional.empty() : Optional.of(byClass(row)));
    }

    private static DatasetInspection.Property.Measure byClass(List<String> row) {
        Map<Label, DatasetInspection.Distribution> distributions = new EnumMap<>(Label.class);
        for (int at = EFFECT_FIELDS + HINT_FIELDS; at < row.size(); at += CLASS_FIELDS) {
            distributions.put(Label.valueOf(row.get(at)), new DatasetInspection.Distribution(number(row, at + 1),
                    number(row, at + 2), number(row, at + 3), number(row, at + 4), number(row, at + 5)));
        }
        return new DatasetInspection.Property.Measure(row.get(0), distributions, new DatasetInspection.Hint(
                number(row, EFFECT_FIELDS), number(row, EFFECT_FIELDS + 1), number(row, EFFECT_FIELDS + 2),
                Boolean.parseBoolean(row.get(EFFECT_FIELDS + 3))));
    }

    private static double number(List<String> row, int field) {
        return Double.parseDouble(row.get(field));
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
