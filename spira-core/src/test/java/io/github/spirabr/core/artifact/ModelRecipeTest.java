package io.github.spirabr.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.evaluation.TemperatureScaling;
import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.parts.Loudness;
import io.github.spirabr.core.pipeline.TestParts;
import io.github.spirabr.core.preprocessing.Deltas;
import io.github.spirabr.core.preprocessing.FeatureTransform;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.MeanVariance;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.preprocessing.TrainingFrames;
import io.github.spirabr.core.recording.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelRecipeTest {

    private static final Components COMPONENTS = TestParts.components();

    private static ModelRecipe recipe(DecisionRule decision) {
        return recipe(decision, List.of());
    }

    private static ModelRecipe recipe(DecisionRule decision, List<FeatureTransform> featureTransforms) {
        return new ModelRecipe(new TestParts.IdReader(), List.of(),
                SlidingWindow.of(Duration.ofSeconds(1), Duration.ofSeconds(1)), new Loudness(), featureTransforms,
                new TestParts.ThresholdFactory(), new InputShape(1, 1), decision, Target.STANDARD);
    }

    private static DecisionRule again(DecisionRule decision) {
        Map<String, String> text = Document.read("model.properties", Document.of(recipe(decision).describe()).toBytes()).toMap();
        return ModelRecipe.read(text, COMPONENTS).decision();
    }

    @Test
    void aModelThatWasStoredBeforeThereWereBandsDecidesEveryRecording() {
        String stored = """
                format=1
                input.features=1
                input.frames=1
                model.type=threshold
                preprocessing.extract.type=loudness
                preprocessing.window.length=1.0
                preprocessing.window.shortRecordings=pad
                preprocessing.window.step=1.0
                preprocessing.window.type=sliding-window
                reader.type=ids
                temperature=1.5
                threshold=0.4
                """;
        DecisionRule rule = ModelRecipe.read(Document.read("model.properties", stored.getBytes(StandardCharsets.UTF_8)).toMap(), COMPONENTS).decision();
        assertThat(rule).isEqualTo(new DecisionRule(new TemperatureScaling(1.5), 0.4));
        assertThat(rule.decide(0.4)).isEqualTo(Diagnosis.POSITIVE);
        assertThat(recipe(rule).describe()).containsEntry("format", "1")
                .doesNotContainKeys("aggregation.type", "inconclusive.lower");
    }

    @Test
    void bandAndAggregationAreStoredInAFormatThatOlderLibrariesRefuse() {
        DecisionRule rule =
                new DecisionRule(Aggregation.topMean(2), new TemperatureScaling(0.7), 0.5, 0.4, 0.65);
        assertThat(recipe(rule).describe()).containsEntry("format", "2")
                .containsEntry("aggregation.type", "top-mean").containsEntry("aggregation.windows", "2")
                .containsEntry("inconclusive.lower", "0.4").containsEntry("inconclusive.upper", "0.65");
        assertThat(again(rule)).isEqualTo(rule);
        DecisionRule median = new DecisionRule(Aggregation.median(), TemperatureScaling.NONE, 0.5, 0.5, 0.5);
        assertThat(again(median)).isEqualTo(median);
    }

    @Test
    void transformsOfFeaturesAreStoredInAFormatThatOlderLibrariesRefuse() {
        List<FeatureTransform> transforms = List.of(
                MeanVariance.ofTrainingSet().fit(new TrainingFrames(9, List.of(0.1), List.of(1 / 3.0))), Deltas.of(9, 1));
        Map<String, String> text = recipe(DecisionRule.STANDARD, transforms).describe();
        assertThat(text).containsEntry("format", "3").containsEntry("preprocessing.transformFeatures.0.type", "mean-variance")
                .containsEntry("preprocessing.transformFeatures.0.deviation", "0.3333333333333333")
                .containsEntry("preprocessing.transformFeatures.1.frames", "9");
        assertThat(ModelRecipe.read(text, COMPONENTS).featureTransforms()).extracting(Component::description)
                .isEqualTo(transforms.stream().map(Component::description).toList());
    }

    @Test
    void aTargetIsStoredWhereItIsNotTheOneOfAllOlderModels() {
        ModelRecipe standard = recipe(DecisionRule.STANDARD);
        assertThat(standard.describe()).doesNotContainKeys("target.name", "target.negative", "target.positive");
        ModelRecipe asthma = new ModelRecipe(standard.reader(), List.of(), standard.windowing(), standard.extractor(),
                List.of(), standard.model(), standard.input(), standard.decision(), new Target("asthma", "healthy", "asthma"));
        assertThat(ModelRecipe.read(asthma.describe(), COMPONENTS).target()).isEqualTo(asthma.target());
        assertThat(ModelRecipe.read(standard.describe(), COMPONENTS).target()).isEqualTo(Target.STANDARD);
    }
}
