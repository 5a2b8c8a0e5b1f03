package io.github.spirabr.core.inspection;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures how well properties tell the classes apart. */
final class Hints {

    private static final int REPLICATES = 500;
    /** The intervals of so many recordings are narrow, however few replicates they come from. */
    private static final int REPLICATES_OF_MANY = 100;
    private static final int MANY = 10_000;
    private static final long SEED = 0;
    private static final int FOLDS = 5;

    private Hints() {}

    /** Computes the hint of a number for each recording. */
    static DatasetInspection.Hint ofNumbers(List<Recording> recordings, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ranks = Arrays.stream(values)
                .map(value -> (double) firstPlace(sorted, value) / Math.max(1, sorted.length - 1))
                .toArray();
        MetricEstimate auroc = auroc(recordings, ranks);
        return auroc.value() >= 0.5 || Double.isNaN(auroc.value())
                ? new DatasetInspection.Hint(auroc.value(), auroc.lower(), auroc.upper(), true)
                : new DatasetInspection.Hint(1 - auroc.value(), 1 - auroc.upper(), 1 - auroc.lower(), false);
    }

    /** Returns the first index of a value, since a binary search may find any of several equal values. */
    private static int firstPlace(double[] sorted, double value) {
        int below = 0;
        int end = sorted.length;
        while (below < end) {
            int middle = (below + end) >>> 1;
            if (Double.compare(sorted[middle], value) < 0) {
                below = middle + 1;
            } else {
                end = middle;
            }
        }
        return below;
    }

    /**
     * Computes the hint of a kind for each recording: scored by the share of patients of that kind in other folds of
     * subjects.
     */
    static DatasetInspection.Hint ofKinds(List<Recording> recordings, List<String> kinds) {
        Map<String, Integer> folds = folds(recordings);
        Map<String, int[][]> byKind = new HashMap<>();
        for (int i = 0; i < kinds.size(); i++) {
            Recording recording = recordings.get(i);
            byKind.computeIfAbsent(kinds.get(i), any -> new int[FOLDS][2])[folds.get(recording.subject())][
                    recording.label().code()]++;
        }
        double[] shares = new double[kinds.size()];
        for (int i = 0; i < shares.length; i++) {
            int[][] counts = byKind.get(kinds.get(i));
            int own = folds.get(recordings.get(i).subject());
            double patients = 0.5;
            double all = 1;
            for (int fold = 0; fold < FOLDS; fold++) {
                patients += fold == own ? 0 : counts[fold][1];
                all += fold == own ? 0 : counts[fold][0] + counts[fold][1];
            }
            shares[i] = patients / all;
        }
        MetricEstimate auroc = auroc(recordings, shares);
        return new DatasetInspection.Hint(auroc.value(), auroc.lower(), auroc.upper(), true);
    }

    /** Subjects in turn, those of controls, of patients and of both apart, so that each fold is like the whole. */
    private static Map<String, Integer> folds(List<Recording> recordings) {
        Map<String, EnumSet<Label>> classes = new TreeMap<>();
        recordings.forEach(one -> classes
                .computeIfAbsent(one.subject(), any -> EnumSet.noneOf(Label.class))
                .add(one.label()));
        Map<EnumSet<Label>, Integer> next = new HashMap<>();
        Map<String, Integer> folds = new HashMap<>();
        classes.forEach((subject, its) -> folds.put(subject, next.merge(its, 1, Integer::sum) % FOLDS));
        return folds;
    }

    private static MetricEstimate auroc(List<Recording> recordings, double[] scores) {
        List<RecordingScore> answers = new ArrayList<>(scores.length);
        for (int i = 0; i < scores.length; i++) {
            Recording recording = recordings.get(i);
            answers.add(new RecordingScore(
                    recording.id(), recording.subject(), recording.label(), scores[i], List.of()));
        }
        return MetricEstimates.of(Evaluation.of(answers, 0.5), List.of(Metric.AUROC),
                scores.length > MANY ? REPLICATES_OF_MANY : REPLICATES, SEED).metric(Metric.AUROC);
    }
}
