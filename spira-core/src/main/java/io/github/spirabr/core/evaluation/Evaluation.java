package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.recording.Label;
import java.util.List;

/**
 * A model's answers to a set of recordings, counted by recording.
 *
 * @param scores one for each recording, at least one
 * @param threshold recordings of this probability or more are called patients
 */
public record Evaluation(List<RecordingScore> scores, double threshold) {

    /** Keeps the probability out of the logarithm's pole, as a float network saturates at 0 and 1. */
    private static final double EPSILON = 1e-7;

    /** Copies the list. */
    public Evaluation {
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("an evaluation needs at least one recording");
        }
        scores = List.copyOf(scores);
    }

    /** How many different subjects the recordings are of. */
    public long subjects() {
        return scores.stream().map(RecordingScore::subject).distinct().count();
    }

    /** Right and wrong answers by recording. */
    public ConfusionMatrix confusionMatrix() {
        int[][] counts = new int[2][2];
        for (RecordingScore score : scores) {
            counts[score.label().code()][score.probability() >= threshold ? 1 : 0]++;
        }
        int patient = Label.PATIENT.code();
        int control = Label.CONTROL.code();
        return new ConfusionMatrix(
                counts[patient][1], counts[patient][0], counts[control][1], counts[control][0]);
    }

    /** Mean binary cross-entropy by recording, in nats; probabilities are held within [1e-7, 1 - 1e-7]. */
    public double logLoss() {
        double sum = 0;
        for (RecordingScore score : scores) {
            double p = Math.min(1 - EPSILON, Math.max(EPSILON, score.probability()));
            sum -= score.label() == Label.PATIENT ? Math.log(p) : Math.log(1 - p);
        }
        return sum / scores.size();
    }
}
