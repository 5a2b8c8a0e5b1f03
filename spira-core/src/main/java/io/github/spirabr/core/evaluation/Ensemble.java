package io.github.spirabr.core.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ensembles of several models. */
final class Ensemble {

    private Ensemble() {}

    /** See {@link Evaluation#mean}. */
    static Evaluation mean(List<Evaluation> answers) {
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("an ensemble must have the answers of at least one model");
        }
        List<Map<String, RecordingScore>> others = new ArrayList<>();
        for (Evaluation one : answers) {
            Map<String, RecordingScore> byRecording = new HashMap<>();
            one.scores().forEach(score -> byRecording.put(score.recording(), score));
            others.add(byRecording);
        }
        List<RecordingScore> scores = new ArrayList<>();
        for (RecordingScore first : answers.get(0).scores()) {
            double sum = 0;
            for (int model = 0; model < others.size(); model++) {
                RecordingScore score = others.get(model).get(first.recording());
                boolean same = score != null && others.get(model).size() == answers.get(0).scores().size()
                        && score.label() == first.label() && score.subject().equals(first.subject());
                if (!same) {
                    throw new IllegalArgumentException("recording " + first.recording() + " is not answered by model "
                            + (model + 1) + " of the ensemble, or not with one label and subject, or that one answers others,"
                            + " too; an ensemble's models answer the same recordings");
                }
                sum += score.probability();
            }
            scores.add(new RecordingScore(
                    first.recording(), first.subject(), first.label(), sum / answers.size(), List.of()));
        }
        return Evaluation.of(scores, answers.stream().mapToDouble(Evaluation::threshold).average().orElseThrow());
    }

    /** See {@link Evaluation#pool}. */
    static Evaluation pool(List<Evaluation> answers) {
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one evaluation to pool");
        }
        double threshold = answers.get(0).threshold();
        boolean alike = answers.stream().allMatch(one -> one.threshold() == threshold);
        Map<String, RecordingScore> pooled = new LinkedHashMap<>();
        for (Evaluation one : answers) {
            double centre = TemperatureScaling.logit(one.threshold());
            for (RecordingScore score : one.scores()) {
                double probability = alike
                        ? score.probability()
                        : TemperatureScaling.probability(TemperatureScaling.logit(score.probability()) - centre);
                RecordingScore moved = new RecordingScore(
                        score.recording(), score.subject(), score.label(), probability, score.windows());
                if (pooled.put(score.recording(), moved) != null) {
                    throw new IllegalArgumentException("recording " + score.recording()
                            + " must have one answer, but has two; pool answers to different recordings only");
                }
            }
        }
        return Evaluation.of(List.copyOf(pooled.values()), alike ? threshold : Evaluator.DEFAULT_THRESHOLD);
    }
}
