package io.github.spirabr.cli;

import io.github.spirabr.core.evaluation.ConfusionMatrix;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.pipeline.PreparedFeatures;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.pipeline.TrainingSummary;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Outcomes of stages for machines. */
final class StageJson {

    private StageJson() {}

    static Map<String, Object> features(PreparedFeatures prepared) {
        Map<String, Object> result = new LinkedHashMap<>();
        Map<String, Object> recordings = new LinkedHashMap<>();
        recordings.put("training", prepared.split().training().recordings().size());
        recordings.put("validation", prepared.split().validation().recordings().size());
        recordings.put("test", prepared.split().test().recordings().size());
        result.put("recordings", recordings);
        result.put("rejected", prepared.rejected().stream().map(one -> one.recording().id()).toList());
        Map<String, Object> dataSets = new LinkedHashMap<>();
        prepared.dataSets().forEach((side, name) -> dataSets.put(side.name().toLowerCase(Locale.ROOT), name));
        result.put("dataSets", dataSets);
        return result;
    }

    static Map<String, Object> training(TrainingSummary trained) {
        EpochSummary best = trained.epochs().get(trained.bestEpoch() - 1);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("epochs", trained.epochs().size());
        result.put("bestEpoch", trained.bestEpoch());
        result.put("trainingLoss", best.trainingLoss());
        result.put("validationLoss", best.validationLoss());
        result.put("validationAccuracy", best.validationAccuracy());
        return result;
    }

    static Map<String, Object> findings(TrainingRun findings) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("epochs", findings.epochs().size());
        result.put("bestEpoch", findings.bestEpoch());
        result.put("temperature", findings.decision().calibration().temperature());
        result.put("threshold", findings.decision().threshold());
        result.put("coverage", findings.coverage());
        if (!findings.ambient().isEmpty()) {
            result.put("ambient", findings.ambient().size());
        }
        result.put("test", answers(findings.test()));
        result.put("byRecording", figures(findings.metrics()));
        result.put("bySubject", figures(findings.subjectMetrics()));
        if (!findings.sessionMetrics().isEmpty()) {
            result.put("bySession", figures(findings.sessionMetrics()));
        }
        Map<String, Object> protocols = new LinkedHashMap<>();
        findings.protocols().forEach(one -> protocols.put(one.protocol(), answers(one.test())));
        result.put("protocols", protocols);
        Map<String, Object> probes = new LinkedHashMap<>();
        findings.probes().forEach(one -> probes.put(one.name(), Map.of("verdict", one.verdict(), "finding", one.finding())));
        result.put("probes", probes);
        return result;
    }

    static Map<String, Object> run(TrainingRun run) {
        Map<String, Object> result = new LinkedHashMap<>(model(run.model(), run.location()));
        result.putAll(findings(run));
        return result;
    }

    static Map<String, Object> model(ModelVersion version, String location) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("model", version.name());
        result.put("version", version.number());
        result.put("location", location);
        return result;
    }

    private static Map<String, Object> answers(Evaluation evaluation) {
        ConfusionMatrix matrix = evaluation.confusionMatrix();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("recordings", matrix.total());
        result.put("subjects", evaluation.subjects());
        result.put("truePositives", matrix.truePositives());
        result.put("falseNegatives", matrix.falseNegatives());
        result.put("falsePositives", matrix.falsePositives());
        result.put("trueNegatives", matrix.trueNegatives());
        return result;
    }

    static Map<String, Object> figures(MetricEstimates estimates) {
        Map<String, Object> result = new LinkedHashMap<>();
        for (MetricEstimate estimate : estimates) {
            Map<String, Object> figure = new LinkedHashMap<>();
            figure.put("value", number(estimate.value()));
            figure.put("lower", number(estimate.lower()));
            figure.put("upper", number(estimate.upper()));
            result.put(estimate.metric().name().toLowerCase(Locale.ROOT), figure);
        }
        return result;
    }

    /** JSON knows no number for what has no denominator. */
    static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
