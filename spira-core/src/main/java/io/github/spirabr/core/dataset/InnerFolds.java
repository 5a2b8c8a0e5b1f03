package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.ComponentDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Folds of the subjects outside of a split's test set: each is in the validation set once. Immutable and thread-safe. */
final class InnerFolds implements Folds {

    private final Splitter outer;
    private final int count;

    private InnerFolds(Splitter outer, int count) {
        this.outer = outer;
        this.count = count;
    }

    /** See {@link Folds#within}. */
    static InnerFolds of(Splitter outer, int count) {
        if (count < 2) {
            throw new IllegalArgumentException("there must be at least 2 folds (validation, training), but were " + count);
        }
        return new InnerFolds(outer, count);
    }

    @Override
    public List<Splitter> of(Dataset dataset, long seed) {
        Map<String, Side> sides = outer.assign(dataset, seed);
        Map<String, Integer> folds = new HashMap<>();
        int next = 0;
        for (List<String> subjects : Strata.inRandomOrder(dataset, seed, "inner folds")) {
            for (String subject : subjects) {
                Side side = sides.get(subject);
                if (side == Side.TRAINING || side == Side.VALIDATION) {
                    folds.put(subject, next++ % count);
                }
            }
        }
        List<Splitter> splitters = new ArrayList<>();
        for (int validation = 0; validation < count; validation++) {
            Map<String, Side> of = new HashMap<>(sides);
            for (Map.Entry<String, Integer> subject : folds.entrySet()) {
                of.put(subject.getKey(), subject.getValue() == validation ? Side.VALIDATION : Side.TRAINING);
            }
            splitters.add(new FoldSplit(of, "Folds.within(" + count + ") with the seed " + seed + ", fold " + (validation + 1),
                    new ComponentDescription("inner-folds", Map.of("count", count, "seed", seed, "fold", validation + 1,
                            "within", outer.description().type()))));
        }
        return List.copyOf(splitters);
    }
}
