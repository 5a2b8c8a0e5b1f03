package io.github.spirabr.core.probe;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A two-sided permutation test of an AUROC: the labels are exchanged between subjects, so that recordings of one subject stay
 * together (Good, "Permutation Tests", 2000). A subject with recordings of both classes keeps them.
 */
final class SubjectPermutation {

    /** The recordings of one subject. */
    private static final class Unit {
        private int recordings;
        private int positives;
        private double ranks;
        private double positiveRanks;

        private boolean movable() {
            return positives == 0 || positives == recordings;
        }
    }

    private final List<Unit> movable = new ArrayList<>();
    private final int recordings;
    private int fixedPositives;
    private double fixedRanks;

    private SubjectPermutation(Evaluation answers) {
        List<RecordingScore> ordered = new ArrayList<>(answers.scores());
        ordered.sort(Comparator.comparingDouble(RecordingScore::probability));
        Map<String, Unit> units = new LinkedHashMap<>();
        answers.scores().forEach(one -> units.computeIfAbsent(one.subject(), any -> new Unit()));
        for (int first = 0; first < ordered.size();) {
            int end = first;
            while (end < ordered.size() && ordered.get(end).probability() == ordered.get(first).probability()) {
                end++;
            }
            for (int i = first; i < end; i++) {
                add(units.get(ordered.get(i).subject()), ordered.get(i).label() == Label.PATIENT, (first + 1 + end) / 2.0);
            }
            first = end;
        }
        this.recordings = ordered.size();
        for (Unit unit : units.values()) {
            if (unit.movable()) {
                movable.add(unit);
            } else {
                fixedPositives += unit.positives;
                fixedRanks += unit.positiveRanks;
            }
        }
    }

    private static void add(Unit unit, boolean positive, double rank) {
        unit.recordings++;
        unit.ranks += rank;
        unit.positives += positive ? 1 : 0;
        unit.positiveRanks += positive ? rank : 0;
    }

    /**
     * Returns the share of permutations whose AUROC is as far from one half as the answers' own, which counts as one of them.
     *
     * @param answers answers of both classes
     * @param permutations number of draws
     */
    static double pValue(Evaluation answers, int permutations, RandomGenerator random) {
        SubjectPermutation test = new SubjectPermutation(answers);
        boolean[] positive = new boolean[test.movable.size()];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = test.movable.get(i).positives > 0;
        }
        double observed = test.distance(positive);
        int asFar = 1;
        for (int p = 0; p < permutations; p++) {
            shuffle(positive, random);
            asFar += test.distance(positive) >= observed - 1e-12 ? 1 : 0;
        }
        return asFar / (permutations + 1.0);
    }

    private static void shuffle(boolean[] labels, RandomGenerator random) {
        for (int i = labels.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            boolean label = labels[i];
            labels[i] = labels[other];
            labels[other] = label;
        }
    }

    /** Returns the distance of the AUROC from one half, by the sum of the positives' ranks (Mann and Whitney 1947). */
    private double distance(boolean[] positive) {
        double count = fixedPositives;
        double ranks = fixedRanks;
        for (int i = 0; i < positive.length; i++) {
            if (positive[i]) {
                count += movable.get(i).recordings;
                ranks += movable.get(i).ranks;
            }
        }
        return Math.abs((ranks - count * (count + 1) / 2) / (count * (recordings - count)) - 0.5);
    }
}
