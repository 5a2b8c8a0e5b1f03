package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.ComponentDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A split with a seed of its own, independent of the run's, so that runs with other seeds have the same sets.
 *
 * @param splitter the split
 * @param seed its seed
 */
record SeededSplit(Splitter splitter, long seed) implements Splitter {

    @Override
    public Map<String, Side> assign(Dataset dataset, long ofRun) {
        return splitter.assign(dataset, seed);
    }

    @Override
    public DatasetSplit split(Dataset dataset, long ofRun) {
        return splitter.split(dataset, seed);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>(splitter.description().settings());
        settings.put("seed", seed);
        return new ComponentDescription(splitter.description().type(), settings);
    }

    /** Returns a text that does not change from run to run; a class of others need not have one. */
    @Override
    public String toString() {
        ComponentDescription described = splitter.description();
        return (splitter.getClass().getName().startsWith("io.github.spirabr.core.")
                ? splitter : described.type() + new TreeMap<>(described.settings())) + " with the seed " + seed;
    }
}
