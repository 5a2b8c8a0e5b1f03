package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.ConfusionMatrix;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.training.EpochSummary;
import io.github.spirabr.core.training.ModelTrainer;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** How a model came about; holds no time, path or machine, so that equal runs give equal bytes. */
record Provenance(
        String identity,
        long seed,
        DatasetSplit split,
        List<RejectedRecording> rejected,
        Preprocessing preprocessing,
        ModelTrainer trainer,
        List<EpochSummary> epochs,
        int bestEpoch,
        OperatingPoint operatingPoint,
        Evaluation validation,
        Evaluation test,
        TestFigures figures,
        List<EvaluationProtocol> protocols,
        List<ProtocolEvaluation> underProtocols) {

    static final String IDENTITY = "identity";

    SortedMap<String, String> describe() {
        SortedMap<String, String> text = new TreeMap<>();
        text.put(IDENTITY, identity);
        text.put("seed", Long.toString(seed));
        put(text, "training", split.training().recordings(), split.training().subjects());
        put(text, "validation", split.validation().recordings(), split.validation().subjects());
        put(text, "test", split.test().recordings(), split.test().subjects());
        for (RejectedRecording one : rejected) {
            text.put("rejected." + one.recording().id(), one.reason().name());
        }
        ModelRecipe.put(text, "trainer", trainer);
        put(text, "augmentation", preprocessing.augmentations());
        put(text, "featureAugmentation", preprocessing.featureAugmentations());
        text.put("epochs", Integer.toString(epochs.size()));
        text.put("bestEpoch", Integer.toString(bestEpoch));
        text.put("operatingPoint", operatingPoint.toString());
        put(text, "validation", validation);
        put(text, "test", test);
        figures.describe(text);
        put(text, "protocol", protocols);
        for (int i = 0; i < underProtocols.size(); i++) {
            text.put("protocol." + i + ".disclosure", underProtocols.get(i).disclosure());
            put(text, "protocol." + i + ".test", underProtocols.get(i).test());
        }
        return text;
    }

    private static void put(SortedMap<String, String> text, String name, List<? extends Component> components) {
        for (int i = 0; i < components.size(); i++) {
            ModelRecipe.put(text, name + "." + i, components.get(i));
        }
    }

    private static void put(
            SortedMap<String, String> text, String side, List<Recording> recordings, SortedSet<String> subjects) {
        text.put(side + ".recordings", Integer.toString(recordings.size()));
        text.put(side + ".subjects", String.join(",", subjects));
    }

    private static void put(SortedMap<String, String> text, String side, Evaluation evaluation) {
        ConfusionMatrix matrix = evaluation.confusionMatrix();
        text.put(side + ".truePositives", Integer.toString(matrix.truePositives()));
        text.put(side + ".falseNegatives", Integer.toString(matrix.falseNegatives()));
        text.put(side + ".falsePositives", Integer.toString(matrix.falsePositives()));
        text.put(side + ".trueNegatives", Integer.toString(matrix.trueNegatives()));
        text.put(side + ".accuracy", Double.toString(matrix.accuracy()));
        text.put(side + ".sensitivity", Double.toString(matrix.sensitivity()));
        text.put(side + ".specificity", Double.toString(matrix.specificity()));
        text.put(side + ".logLoss", Double.toString(evaluation.logLoss()));
    }
}
