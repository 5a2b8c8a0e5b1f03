package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.ComponentDescription;
import java.util.Map;
import java.util.TreeMap;

/** A split that was made from settings; certificates name it by its description. */
record ConfiguredSplit(Splitter splitter) implements Splitter {

    @Override
    public Map<String, Side> assign(Dataset dataset, long seed) {
        return splitter.assign(dataset, seed);
    }

    @Override
    public DatasetSplit split(Dataset dataset, long seed) {
        return splitter.split(dataset, seed);
    }

    @Override
    public ComponentDescription description() {
        return splitter.description();
    }

    @Override
    public String toString() {
        return description().type() + new TreeMap<>(description().settings());
    }
}
