package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** A scorer of recordings with a model. Stateless. */
public final class Evaluator {

    /** The default threshold, which a sigmoid trained on balanced classes implies. */
    public static final double DEFAULT_THRESHOLD = 0.5;

    private Evaluator() {}

    /**
     * Scores every recording of the data, each by the mean of its windows.
     *
     * @param model the trained model
     * @param data at least one recording
     * @param threshold recordings of this probability or more are classified as patient
     */
    public static Evaluation evaluate(TrainedModel model, EvaluationData data, double threshold) {
        return evaluate(model, data, Aggregation.mean(), threshold);
    }

    /**
     * Scores every recording of the data.
     *
     * @param model the trained model
     * @param data at least one recording
     * @param aggregation the aggregation of window probabilities
     * @param threshold recordings of this probability or more are classified as patient
     */
    public static Evaluation evaluate(
            TrainedModel model, EvaluationData data, Aggregation aggregation, double threshold) {
        List<RecordingScore> scores = new ArrayList<>(data.recordings());
        try (FeatureStream features = data.open()) {
            while (features.hasNext()) {
                scores.add(score(model, features.next(), aggregation));
            }
        }
        return Evaluation.of(scores, threshold);
    }

    private static RecordingScore score(
            TrainedModel model, RecordingFeatures features, Aggregation aggregation) {
        double[] probabilities = model.predict(features.windows());
        return new RecordingScore(
                features.recording().id(),
                features.recording().subject(),
                features.recording().label(),
                aggregation.of(probabilities),
                DoubleStream.of(probabilities).boxed().toList());
    }
}
