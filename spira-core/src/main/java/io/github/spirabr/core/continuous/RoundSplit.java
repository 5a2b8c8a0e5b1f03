package io.github.spirabr.core.continuous;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.dataset.Splitter;
import java.util.Map;
import java.util.TreeMap;

/**
 * A split that keeps each subject in the set that it was assigned to on arrival.
 *
 * @param sides the sets of all subjects that were ever listed
 * @param shares shares of new subjects
 */
record RoundSplit(Map<String, Side> sides, Map<Side, Double> shares) implements Splitter {

    @Override
    public Map<String, Side> assign(Dataset dataset, long seed) {
        Map<String, Side> listed = new TreeMap<>(sides);
        listed.keySet().retainAll(dataset.subjects());
        return listed;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new TreeMap<>();
        shares.forEach((side, share) -> settings.put(Settings.nameOf(side), share));
        return new ComponentDescription("round", settings);
    }

    @Override
    public String toString() {
        return "ContinuousTraining.shares" + shares.values();
    }
}
