package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.artifact.ModelRecipe;
import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.preprocessing.UnfittedPreprocessing;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings of the parts that training and evaluation use, and prediction does not. */
final class TrainingSettings {

    private TrainingSettings() {}

    /** Returns the settings of a pipeline that are known before anything is read. */
    static SortedMap<String, String> known(PipelineParts parts) {
        PreprocessingPlan plan = parts.preprocessing();
        SortedMap<String, String> text = of(parts.trainer(), plan, parts.protocols(), parts.probes());
        ModelRecipe.put(text, "reader", parts.reader());
        put(text, "preprocessing.transform", plan.transforms());
        if (plan instanceof Preprocessing fitted) {
            ModelRecipe.put(text, "preprocessing.window", fitted.windowing());
            ModelRecipe.put(text, "preprocessing.extract", fitted.extractor());
        } else if (plan instanceof UnfittedPreprocessing unfitted) {
            ModelRecipe.put(text, "preprocessing.extract", unfitted.extractor());
        }
        put(text, "preprocessing.transformFeatures", plan.featureTransforms());
        ModelRecipe.put(text, "model", parts.model());
        ModelRecipe.put(text, "aggregation", parts.aggregation());
        if (parts.abstention().rule() != Abstention.Rule.NONE) {
            text.put("abstention", parts.abstention().toString());
        }
        text.put("operatingPoint", parts.operatingPoint().toString());
        ModelRecipe.put(text, parts.target());
        text.put("seed", Long.toString(parts.seed()));
        return text;
    }

    static SortedMap<String, String> of(
            ModelTrainer trainer,
            PreprocessingPlan preprocessing,
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
