package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.ComponentDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * k folds by subject, stratified by class: each fold is the test set once, the fold after it is the validation set, the
 * others are the training set. Immutable and thread-safe.
 */
final class SubjectFolds implements Folds {

    private final int count;

    private SubjectFolds(int count) {
        this.count = count;
    }

    /** See {@link Folds#bySubject}. */
    static SubjectFolds of(int count) {
        if (count < 3) {
            throw new IllegalArgumentException("there must be at least 3 folds (test, validation, training), but were " + count);
        }
        return new SubjectFolds(count);
    }

    @Override
    public List<Splitter> of(Dataset dataset, long seed) {
        Map<String, Integer> folds = new HashMap<>();
        int next = 0;
        // Strata go on where the one before ended, so that the folds' sizes differ by one at most.
        for (List<String> subjects : Strata.inRandomOrder(dataset, seed, "folds")) {
            for (String subject : subjects) {
                folds.put(subject, next++ % count);
            }
        }
        List<Splitter> splitters = new ArrayList<>();
        for (int test = 0; test < count; test++) {
            Map<String, Side> sides = new HashMap<>();
            for (Map.Entry<String, Integer> subject : folds.entrySet()) {
                sides.put(subject.getKey(), side(subject.getValue(), test));
            }
            splitters.add(new FoldSplit(sides, "SubjectFolds.of(" + count + ") with the seed " + seed + ", fold " + (test + 1),
                    new ComponentDescription("subject-folds", Map.of("count", count, "seed", seed, "fold", test + 1))));
        }
        return List.copyOf(splitters);
    }

    private Side side(int fold, int test) {
        if (fold == test) {
            return Side.TEST;
        }
        return fold == (test + 1) % count ? Side.VALIDATION : Side.TRAINING;
    }
}
