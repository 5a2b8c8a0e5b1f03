package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.training.ModelTrainer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings of the parts that training and evaluation use, and prediction does not. */
final class TrainingSettings {

    private TrainingSettings() {}

    static SortedMap<String, String> of(
            ModelTrainer trainer,
            Preprocessing preprocessing,
            List<EvaluationProtocol> protocols,
            List<? extends Component> probes) {
        SortedMap<String, String> text = new TreeMap<>();
        ModelRecipe.put(text, "trainer", trainer);
        put(text, "augmentation", preprocessing.augmentations());
        put(text, "featureAugmentation", preprocessing.featureAugmentations());
        put(text, "protocol", protocols);
        put(text, "probes", probes);
        return text;
    }

    private static void put(SortedMap<String, String> text, String name, List<? extends Component> components) {
        for (int i = 0; i < components.size(); i++) {
            ModelRecipe.put(text, name + "." + i, components.get(i));
        }
    }
}
