package io.github.spirabr.core.continuous;

import io.github.spirabr.core.model.Aggregation;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings as somebody has chosen them, by which a change is told: without what follows from others or was fitted. */
final class ChosenSettings {

    private static final Set<String> OTHERS = Set.of("format", "input.frames", "input.features", "threshold", "temperature",
            "inconclusive.lower", "inconclusive.upper");
    private static final String WINDOW = "preprocessing.window.";

    private ChosenSettings() {}

    /** Of a model's or a pipeline's. */
    static SortedMap<String, String> of(SortedMap<String, String> settings) {
        SortedMap<String, String> chosen = new TreeMap<>(settings);
        chosen.keySet().removeAll(OTHERS);
        // Stored models do not name it.
        chosen.putIfAbsent("aggregation.type", Aggregation.mean().description().type());
        return chosen;
    }

    /** Of a model's, those that a pipeline tells before it is run: windows may be fitted then. */
    static SortedMap<String, String> comparable(SortedMap<String, String> ofModel, SortedMap<String, String> ofPipeline) {
        SortedMap<String, String> chosen = of(ofModel);
        if (!ofPipeline.containsKey(WINDOW + "type")) {
            chosen.keySet().removeIf(name -> name.startsWith(WINDOW));
        }
        return chosen;
    }
}
