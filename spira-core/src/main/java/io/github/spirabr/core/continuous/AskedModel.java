package io.github.spirabr.core.continuous;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.List;
import java.util.Optional;

/**
 * A stored model that a round applies to many recordings, on all of its threads. Recordings that it cannot use are left
 * out.
 */
final class AskedModel implements AutoCloseable {

    private final Predictor predictor;
    private final WorkThreads work;

    private AskedModel(Predictor predictor, WorkThreads work) {
        this.predictor = predictor;
        this.work = work;
    }

    static AskedModel open(ContinuousParts parts, ModelVersion model, WorkThreads work) {
        return new AskedModel(Predictor.open(parts.models(), model, parts.components(), parts.parallelism()), work);
    }

    /** Its answers, in the recordings' order; none to recordings in which nobody speaks. */
    List<RecordingScore> answers(List<Recording> recordings) {
        return work.all(spoken(recordings), this::answer).stream().flatMap(Optional::stream).toList();
    }

    private static List<Recording> spoken(List<Recording> recordings) {
        return recordings.stream().filter(one -> !one.isAmbient()).toList();
    }

    private Optional<RecordingScore> answer(Recording one) {
        try {
            Prediction prediction = predictor.predict(one.id(), one.audio());
            return prediction.probability().stream().boxed().findFirst().map(probability -> new RecordingScore(
                    one.id(), one.subject(), one.label(), probability, prediction.windowProbabilities()));
        } catch (AudioException e) {
            return Optional.empty();
        }
    }

    /** Returns the answers at the model's threshold; empty if there are none. */
    Optional<Evaluation> evaluation(List<RecordingScore> answers) {
        return answers.isEmpty() ? Optional.empty() : Optional.of(Evaluation.of(answers, predictor.decision().threshold()));
    }

    /** Returns the statistics of its training set; empty if an older version of the library stored the model. */
    Optional<InputStatistics> trainedOn() {
        return predictor.inputStatistics();
    }

    /** Computes the measures of the recordings, in their order. */
    List<InputMeasures> measures(List<Recording> recordings) {
        return work.all(spoken(recordings), this::measures).stream().flatMap(Optional::stream).toList();
    }

    private Optional<InputMeasures> measures(Recording one) {
        try {
            return Optional.of(predictor.measures(one.id(), one.audio()));
        } catch (AudioException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        predictor.close();
    }
}
