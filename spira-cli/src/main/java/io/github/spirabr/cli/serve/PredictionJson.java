package io.github.spirabr.cli.serve;

import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.SubjectPrediction;
import io.github.spirabr.core.quality.QualityWarning;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.registry.ModelVersion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Answers as JSON: times in seconds, {@code null} where there is no probability. */
public final class PredictionJson {

    private PredictionJson() {}

    /** The answer for one recording. */
    public static Map<String, @Nullable Object> of(Prediction prediction) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("recording", prediction.recording());
        answer(json, prediction.diagnosis().name(), prediction.probability(), prediction.reasons());
        json.put("warnings", prediction.warnings().stream().map(PredictionJson::warning).toList());
        json.put("windows", prediction.windows().stream().map(PredictionJson::window).toList());
        model(json, prediction.model(), prediction.dataFingerprint());
        target(json, prediction.target(), prediction.diagnosis());
        return json;
    }

    /** The answer for a subject, with that for each of its recordings. */
    public static Map<String, @Nullable Object> of(SubjectPrediction prediction) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("subject", prediction.subject());
        answer(json, prediction.diagnosis().name(), prediction.probability(), prediction.reasons());
        json.put("recordings", prediction.recordings().stream().map(PredictionJson::of).toList());
        model(json, prediction.model(), prediction.dataFingerprint());
        target(json, prediction.target(), prediction.diagnosis());
        return json;
    }

    /** The message that SPIRA's inference service sends. */
    static Map<String, @Nullable Object> of(SpiraInference inference) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("inference_id", inference.inferenceId());
        json.put("output", inference.output());
        json.put("diagnosis", inference.diagnosis());
        return json;
    }

    private static void answer(
            Map<String, @Nullable Object> json, String diagnosis, OptionalDouble probability, List<String> reasons) {
        json.put("diagnosis", diagnosis);
        json.put("probability", probability.isPresent() ? probability.getAsDouble() : null);
        json.put("reasons", reasons);
    }

    private static Map<String, @Nullable Object> warning(QualityWarning warning) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", warning.kind().name());
        json.put("decisive", warning.decisive());
        json.put("text", warning.text());
        return json;
    }

    private static Map<String, @Nullable Object> window(Prediction.Window window) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("start", seconds(window.start()));
        json.put("end", seconds(window.end()));
        json.put("probability", window.probability());
        return json;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static void model(Map<String, @Nullable Object> json, ModelVersion model, Optional<String> data) {
        json.put("model", model.name());
        json.put("version", model.number());
        json.put("data", data.orElse(null));
        json.put("notice", "for research; no medical finding");
    }

    /** Names the condition and the class that was found, unless the model detects what all do by default. */
    private static void target(Map<String, @Nullable Object> json, Target target, Diagnosis diagnosis) {
        if (!target.equals(Target.STANDARD)) {
            json.put("target", target.name());
            json.put("class", switch (diagnosis) {
                case POSITIVE -> target.positive();
                case NEGATIVE -> target.negative();
                case INCONCLUSIVE -> null;
            });
        }
    }
}
