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

/** A stored model that a round asks about many recordings, on all of its threads. What it cannot hear is left out. */
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

    /** Its answers, in the recordings' order. */
    List<RecordingScore> answers(List<Recording> recordings) {
        return work.all(recordings, this::answer).stream().flatMap(Optional::stream).toList();
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

    /** Answers by its threshold; empty if there are none. */
    Optional<Evaluation> evaluation(List<RecordingScore> answers) {
        return answers.isEmpty() ? Optional.empty() : Optional.of(Evaluation.of(answers, predictor.decision().threshold()));
    }

    /** What its training side was like; empty if it is of an older library. */
    Optional<InputStatistics> trainedOn() {
        return predictor.inputStatistics();
    }

    /** What the recordings are like, in their order. */
    List<InputMeasures> measures(List<Recording> recordings) {
        return work.all(recordings, this::measures).stream().flatMap(Optional::stream).toList();
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
