package io.github.spirabr.core.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureTransformsTest {

    /** One frame for each sample: the sample, and its square. */
    private static final class Squares implements FeatureExtractor {

        @Override
        public int features() {
            return 2;
        }

        @Override
        public List<String> featureNames() {
            return List.of("level (V)", "power (W)");
        }

        @Override
        public int frames(int samples) {
            return samples;
        }

        @Override
        public FeatureMatrix extract(Waveform waveform) {
            float[] values = new float[2 * waveform.length()];
            for (int i = 0; i < waveform.length(); i++) {
                values[2 * i] = waveform.sample(i);
                values[2 * i + 1] = waveform.sample(i) * waveform.sample(i);
            }
            return FeatureMatrix.of(waveform.length(), 2, values);
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("squares", Map.of());
        }
    }

    private static Preprocessing.Extracted<Preprocessing> steps(Windowing windowing) {
        return Preprocessing.builder().window(windowing).extract(new Squares());
    }

    private static final Windowing SECONDS = SlidingWindow.of(Duration.ofSeconds(1), Duration.ofSeconds(1));

    @Test
    void transformsFollowEachOtherAndNameTheirFeatures() {
        Preprocessing steps = steps(SECONDS).transform(Deltas.of(3, 1)).transform(Functionals.of("mean", "maximum")).build();
        assertThat(steps.inputShape(3)).isEqualTo(new InputShape(1, 8));
        FeatureMatrix window = steps.features(Waveform.of(new float[] {1, 2, 3}, 3)).get(0);
        assertThat(window.toArray()).containsExactly(
                new float[] {2, 14 / 3f, 2 / 3f, 16 / 6f, 3, 9, 1, 4}, within(1e-6f));
        assertThat(steps.featureNames()).startsWith("mean of level (V)", "mean of power (W)", "mean of delta of level (V)")
                .hasSize(8).endsWith("maximum of delta of power (W)");
    }

    @Test
    void contextRepeatsTheEnds() {
        Preprocessing steps = steps(SECONDS).transform(ContextFrames.of(1, 1)).build();
        assertThat(steps.features(Waveform.of(new float[] {1, 2, 3}, 3)).get(0).toArray())
                .containsExactly(1, 1, 1, 1, 2, 4, 1, 1, 2, 4, 3, 9, 2, 4, 3, 9, 3, 9);
        assertThat(steps.featureNames()).containsExactly("level (V) at frame -1", "power (W) at frame -1", "level (V)",
                "power (W)", "level (V) at frame +1", "power (W) at frame +1");
    }

    @Test
    void aRecordingIsNormalisedOverAllItsWindows() {
        Preprocessing steps = steps(SECONDS).transform(MeanVariance.ofRecording().variance(false)).build();
        List<FeatureMatrix> windows = steps.features(Waveform.of(new float[] {1, 1, 5, 5}, 2));
        assertThat(windows.get(0).toArray()).containsExactly(-2, -12, -2, -12);
        assertThat(windows.get(1).toArray()).containsExactly(2, 12, 2, 12);
    }

    @Test
    void aFeatureThatDoesNotVaryIsNotDividedByWhatRoundingLeaves() {
        float[] same = {0.1f, 0.1f, 0.1f};
        Preprocessing steps = steps(SECONDS).transform(MeanVariance.ofWindow()).build();
        assertThat(steps.features(Waveform.of(same, 3)).get(0).toArray()).containsOnly(new float[] {0}, within(1e-7f));
    }

    @Test
    void framesThatPadAreNotTransformed() {
        FixedLength padded = FixedLength.of(4, 2).padding(FixedLength.Padding.ZERO_FRAMES);
        Preprocessing steps = steps(padded).transform(MeanVariance.ofWindow().variance(false)).build();
        assertThat(steps.features(Waveform.of(new float[] {1, 3}, 2)).get(0).toArray())
                .containsExactly(-1, -4, 1, 4, 0, 0, 0, 0);
        Preprocessing unfitted = steps(padded).transform(MeanVariance.ofTrainingSet()).build();
        assertThat(unfitted.fittingFeatures(Waveform.of(new float[] {1, 3}, 2))).singleElement()
                .extracting(FeatureMatrix::frames).isEqualTo(2);
    }

    @Test
    void unfittedTransformsAreFittedOneAfterTheOther() {
        Preprocessing plan = steps(SECONDS).transform(MeanVariance.ofTrainingSet()).transform(Deltas.of(3, 1))
                .transform(MeanVariance.ofTrainingSet().variance(false)).build();
        Waveform training = Waveform.of(new float[] {1, 3}, 2);
        assertThatThrownBy(() -> plan.features(training)).isInstanceOf(PreprocessingException.class)
                .hasMessage("the feature transform mean-variance must be fitted on a training set before it is applied; train"
                        + " with it first");
        Preprocessing half = plan.fit(TrainingFrames.of(List.of(plan.fittingFeatures(training)).iterator()));
        assertThat(half.needsFrames()).isTrue();
        assertThat(half.fittingFeatures(training).get(0).toArray()).containsExactly(-1, -1, 1, 1, 1, 1, 1, 1);
        Preprocessing whole = half.fit(TrainingFrames.of(List.of(half.fittingFeatures(training)).iterator()));
        assertThat(whole.needsFrames()).isFalse();
        assertThat(whole.features(training).get(0).toArray()).containsExactly(-1, -1, 0, 0, 1, 1, 0, 0);
        assertThat(whole.featureTransforms().get(0).description().settings()).containsEntry("mean", List.of(2.0, 5.0))
                .containsEntry("deviation", List.of(1.0, 4.0));
    }

    @Test
    void framesOfRecordingsAreCountedTogether() {
        FeatureMatrix one = FeatureMatrix.of(2, 1, new float[] {1, 2});
        FeatureMatrix other = FeatureMatrix.of(1, 1, new float[] {6});
        assertThat(TrainingFrames.of(List.of(List.of(one, other), List.of(other)).iterator()))
                .isEqualTo(new TrainingFrames(4, List.of(3.75), List.of(Math.sqrt(5.1875))));
    }

    @Test
    void settingsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Deltas.of(4, 1)).hasMessage("frames must be odd, but was 4; use one more or one less");
        assertThatThrownBy(() -> Functionals.of("mean", "p101")).hasMessageContaining("or p0 to p100, but one was 'p101'");
        assertThatThrownBy(() -> Functionals.of("mean", "mean")).hasMessageContaining("must be different names");
        assertThatThrownBy(() -> Pcen.create().apply(List.of(FeatureMatrix.of(1, 1, new float[] {-1}))))
                .isInstanceOf(PreprocessingException.class)
                .hasMessage("pcen must get energies of at least 0, but got -1.0 in feature 0; extract mel-spectrogram without decibels");
        MeanVariance fitted = MeanVariance.ofTrainingSet().fit(new TrainingFrames(1, List.of(0.0), List.of(1.0)));
        assertThatThrownBy(() -> fitted.apply(List.of(FeatureMatrix.of(1, 2, new float[2]))))
                .hasMessage("mean-variance must get the 1 features that it was fitted on, but got 2");
    }
}
