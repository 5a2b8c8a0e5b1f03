package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A model's answers to a set of recordings, counted by recording.
 *
 * @param scores one for each recording, at least one
 * @param threshold recordings of this probability or more are called patients
 */
public record Evaluation(List<RecordingScore> scores, double threshold) {

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

    /** Mean binary cross-entropy, see {@link Metric#LOG_LOSS}. */
    public double logLoss() {
        return value(Metric.LOG_LOSS);
    }

    /** The figure, every answer counting once. */
    public double value(Metric metric) {
        return new ScoreTable(scores, new int[scores.size()]).value(metric, threshold, new int[] {1});
    }

    /** Those of the answers that are wanted, in their order; empty if none is. */
    public Optional<Evaluation> where(Predicate<RecordingScore> wanted) {
        List<RecordingScore> chosen = scores.stream().filter(wanted).toList();
        return chosen.isEmpty() ? Optional.empty() : Optional.of(new Evaluation(chosen, threshold));
    }

    /** The same answers at another threshold. */
    public Evaluation at(double otherThreshold) {
        return new Evaluation(scores, otherThreshold);
    }

    /**
     * The same recordings, each with the probability that this makes of its windows'; an answer without windows keeps its
     * own.
     */
    public Evaluation aggregated(Aggregation aggregation) {
        return new Evaluation(scores.stream().map(score -> score.aggregated(aggregation)).toList(), threshold);
    }

    /** The same recordings with calibrated probabilities; those of their windows stay as they are. */
    public Evaluation calibrated(TemperatureScaling calibration) {
        return new Evaluation(scores.stream().map(score -> score.calibrated(calibration)).toList(), threshold);
    }

    /**
     * One answer for each subject and class in place of one for each recording: the mean of the recordings'
     * probabilities. In the order in which subjects first appear; the recording's id is the subject's name.
     */
    public Evaluation bySubject() {
        Map<List<Object>, List<RecordingScore>> bySubject = new LinkedHashMap<>();
        for (RecordingScore score : scores) {
            bySubject.computeIfAbsent(List.of(score.subject(), score.label()), any -> new ArrayList<>()).add(score);
        }
        return new Evaluation(bySubject.values().stream().map(Evaluation::merge).toList(), threshold);
    }

    private static RecordingScore merge(List<RecordingScore> ofSubject) {
        RecordingScore first = ofSubject.get(0);
        List<Double> probabilities = ofSubject.stream().map(RecordingScore::probability).toList();
        double mean = Aggregation.mean().of(probabilities.stream().mapToDouble(Double::doubleValue).toArray());
        return new RecordingScore(first.subject(), first.subject(), first.label(), mean, probabilities);
    }

    /**
     * The answers of each group, such as a hospital's or a device's, sorted by the group's name.
     *
     * @param groups the group of each recording, by its id; recordings that are not there are left out
     */
    public SortedMap<String, Evaluation> byGroup(Map<String, String> groups) {
        SortedMap<String, List<RecordingScore>> members = new TreeMap<>();
        for (RecordingScore score : scores) {
            String group = groups.get(score.recording());
            if (group != null) {
                members.computeIfAbsent(group, any -> new ArrayList<>()).add(score);
            }
        }
        SortedMap<String, Evaluation> evaluations = new TreeMap<>();
        members.forEach((group, its) -> evaluations.put(group, new Evaluation(its, threshold)));
        return evaluations;
    }
}
