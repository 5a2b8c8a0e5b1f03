package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.model.Coefficient;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureEffectsTest {

    /** A linear model of three features, the second of which has no weight. */
    private record Linear(InputShape input, List<Coefficient> coefficients) implements TrainedModel {

        @Override
        public double[] predict(List<FeatureMatrix> windows) {
            return windows.stream()
                    .mapToDouble(one -> 1 / (1 + Math.exp(-(3 * one.value(0, 0) + 0 * one.value(0, 1) + one.value(0, 2)))))
                    .toArray();
        }

        @Override
        public Map<String, byte[]> state() {
            return Map.of();
        }

        @Override
        public void close() {}
    }

    private static final List<Coefficient> COEFFICIENTS =
            List.of(new Coefficient(3, 2, 4), new Coefficient(0, -1, 1), new Coefficient(1, 0, 2));

    /** Twenty recordings of one to three windows each, whose first and third features tell the class. */
    private static EvaluationData data() {
        List<RecordingFeatures> all = new ArrayList<>();
        for (Recording one : Recordings.dataset(10, 10, 1).recordings()) {
            List<FeatureMatrix> windows = new ArrayList<>();
            for (int w = 0; w <= all.size() % 3; w++) {
                float sign = one.label().code() == 1 ? 1 : -1;
                windows.add(FeatureMatrix.of(1, 3, new float[] {sign, all.size() % 4, sign}));
            }
            all.add(new RecordingFeatures(one, windows));
        }
        return new EvaluationData() {
            @Override
            public int recordings() {
                return all.size();
            }

            @Override
            public FeatureStream open() {
                return FeatureStream.of(all);
            }
        };
    }

    private static List<FeatureEffect> effects(int frames, List<String> names, List<Coefficient> coefficients, long seed) {
        return FeatureEffects.of(new Linear(new InputShape(frames, 3), coefficients), names, data(), DecisionRule.STANDARD,
                new RandomStreams(seed));
    }

    @Test
    void whatTheModelRestsOnIsImportant() {
        List<FeatureEffect> effects = effects(1, List.of("pauses", "F0 (Hz)", "rate (1/s)"), COEFFICIENTS, 1);
        assertThat(effects).extracting(FeatureEffect::name).containsExactly("pauses", "rate (1/s)", "F0 (Hz)");
        FeatureEffect pauses = effects.get(0);
        assertThat(pauses.importance()).isGreaterThan(0.2).isBetween(pauses.lower(), pauses.upper());
        assertThat(pauses.coefficient()).contains(COEFFICIENTS.get(0));
        assertThat(effects.get(1).importance()).isBetween(0.001, pauses.importance());
        assertThat(effects.get(2)).isEqualTo(
                new FeatureEffect("F0 (Hz)", effects.get(2).coefficient(), 0, 0, 0, effects.get(2).byClass()));
        assertThat(pauses.byClass()).hasValueSatisfying(measure -> {
            assertThat(measure.hint().auroc()).isGreaterThan(0.7);
            assertThat(measure.distributions()).containsOnlyKeys(Label.CONTROL, Label.PATIENT);
        });
    }

    @Test
    void theSeedGivesThePermutations() {
        List<String> names = List.of("a", "b", "c");
        assertThat(effects(1, names, List.of(), 1)).isEqualTo(effects(1, names, List.of(), 1))
                .isNotEqualTo(effects(1, names, List.of(), 2)).allMatch(one -> one.coefficient().isEmpty());
    }

    @Test
    void featuresWithoutNamesHaveCoefficientsAlone() {
        List<FeatureEffect> effects = effects(1, List.of(), COEFFICIENTS, 1);
        assertThat(effects).extracting(FeatureEffect::name).containsExactly("feature 1", "feature 3", "feature 2");
        assertThat(effects).allMatch(one -> Double.isNaN(one.importance()));
    }

    @Test
    void otherNetworksHaveNone() {
        assertThat(effects(2, List.of("a", "b", "c"), List.of(), 1)).isEmpty();
        assertThat(effects(1, List.of(), List.of(), 1)).isEmpty();
    }

    @Test
    void rowsReadBackAsTheyWere() {
        List<FeatureEffect> effects = effects(1, List.of("a", "b", "c"), COEFFICIENTS, 1);
        assertThat(EvaluationRows.effects(
                ModelArtifact.of(Map.of("features.tsv", EvaluationRows.effects(effects))),
                "features.tsv")).isEqualTo(effects);
    }
}
