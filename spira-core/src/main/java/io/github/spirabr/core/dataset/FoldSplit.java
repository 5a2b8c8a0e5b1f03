package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.ComponentDescription;
import java.util.Map;

/**
 * One of several folds of a data set.
 *
 * @param sides the set of each of its subjects
 * @param name the fold and all folds, in words
 * @param description the settings of all folds, and the fold among them
 */
record FoldSplit(Map<String, Side> sides, String name, ComponentDescription description) implements Splitter {

    @Override
    public Map<String, Side> assign(Dataset dataset, long seed) {
        return sides;
    }

    @Override
    public String toString() {
        return name;
    }
}
