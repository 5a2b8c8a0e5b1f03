package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Folds that leave one group out at a time, such as a hospital or a device: the group is the test set, a share of the
 * other subjects is the validation set, and the rest is the training set. They measure whether a model generalises to a
 * group not seen in training. Immutable and thread-safe.
 */
final class GroupFolds implements Folds {

    private final String column;
    private final double validation;

    private GroupFolds(String column, double validation) {
        this.column = column;
        this.validation = validation;
    }

    /** See {@link Folds#leaveOneOut}. */
    static GroupFolds leaveOneOut(String column, double validation) {
        if (!(validation > 0 && validation < 1)) {
            throw new IllegalArgumentException("the share for validation must be in (0, 1), but was " + validation);
        }
        return new GroupFolds(PlainText.of(column), validation);
    }

    @Override
    public List<Splitter> of(Dataset dataset, long seed) {
        Map<String, String> groups = groups(dataset);
        List<Splitter> splitters = new ArrayList<>();
        for (String group : groups.values().stream().sorted().distinct().toList()) {
            Map<String, Side> sides = new HashMap<>();
            for (List<String> stratum : Strata.inRandomOrder(dataset, seed, "group folds")) {
                List<String> others = stratum.stream().filter(subject -> !groups.get(subject).equals(group)).toList();
                long validating = Math.max(1, Math.round(validation * others.size()));
                for (int i = 0; i < others.size(); i++) {
                    sides.put(others.get(i), i < validating ? Side.VALIDATION : Side.TRAINING);
                }
            }
            groups.forEach((subject, its) -> {
                if (its.equals(group)) {
                    sides.put(subject, Side.TEST);
                }
            });
            splitters.add(new FoldSplit(sides, "GroupFolds.leaveOneOut(" + column + ", " + validation + ") with the seed " + seed
                    + ", without " + group, new ComponentDescription("group-folds",
                            Map.of("column", column, "validation", validation, "seed", seed, "group", group))));
        }
        return List.copyOf(splitters);
    }

    private Map<String, String> groups(Dataset dataset) {
        Map<String, String> groups = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        for (Recording recording : dataset.recordings()) {
            String group = recording.metadata().get(column);
            if (group == null) {
                faults.add("recording " + recording.id() + " has no column " + column);
                continue;
            }
            String other = groups.putIfAbsent(recording.subject(), group);
            if (other != null && !other.equals(group)) {
                faults.add("subject " + recording.subject() + " is in two groups of " + column + ": " + other + " and " + group);
            }
        }
        if (faults.isEmpty() && groups.values().stream().distinct().count() < 2) {
            faults.add("column " + column + " has one value only, so that no group can be left out");
        }
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(dataset.name(), faults);
        }
        return groups;
    }
}
