package io.github.spirabr.core.continuous;

import io.github.spirabr.core.model.Aggregation;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings that a user has chosen, by which changes are detected: without derived and fitted values. */
final class ChosenSettings {

    private static final Set<String> OTHERS = Set.of("format", "input.frames", "input.features", "threshold", "temperature",
            "inconclusive.lower", "inconclusive.upper");
    private static final String WINDOW = "preprocessing.window.";

    private ChosenSettings() {}

    /** Returns the chosen settings of a model or a pipeline. */
    static SortedMap<String, String> of(SortedMap<String, String> settings) {
        SortedMap<String, String> chosen = new TreeMap<>(settings);
        chosen.keySet().removeAll(OTHERS);
        // Stored models do not name it.
        chosen.putIfAbsent("aggregation.type", Aggregation.mean().description().type());
        return chosen;
    }

    /**
     * Returns those of a model's chosen settings that a pipeline knows before it is run, since windows may be fitted in
     * the run.
     */
    static SortedMap<String, String> comparable(SortedMap<String, String> ofModel, SortedMap<String, String> ofPipeline) {
        SortedMap<String, String> chosen = of(ofModel);
        if (!ofPipeline.containsKey(WINDOW + "type")) {
            chosen.keySet().removeIf(name -> name.startsWith(WINDOW));
        }
        return chosen;
    }
}
