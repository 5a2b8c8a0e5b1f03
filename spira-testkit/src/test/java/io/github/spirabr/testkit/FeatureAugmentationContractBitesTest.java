package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.FeatureAugmentation;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each fault that the contract is there for is found by it. */
@Tag("slow")
class FeatureAugmentationContractBitesTest {

    private interface Part extends FeatureAugmentation, Verdicts.Faulty {}

    private abstract static class Contract extends FeatureAugmentationContract {

        @Override
        protected Components components() {
            return Verdicts.registered(FeatureAugmentation.class, this::create);
        }
    }

    private static FeatureMatrix filled(FeatureMatrix shape, double value) {
        float[] values = new float[shape.frames() * shape.features()];
        Arrays.fill(values, (float) value);
        return FeatureMatrix.of(shape.frames(), shape.features(), values);
    }

    static class Faultless extends Contract {
        @Override
        protected Part create() {
            return (window, recording, random) -> filled(window, random.nextDouble());
        }
    }

    @Test
    void aFaultlessPartPasses() {
        assertThat(Verdicts.failures(Faultless.class)).isEmpty();
    }

    static class LosesAFrame extends Contract {
        @Override
        protected Part create() {
            return (window, recording, random) -> {
                int frames = Math.max(1, window.frames() - 1);
                return FeatureMatrix.of(frames, window.features(), new float[frames * window.features()]);
            };
        }
    }

    @Test
    void aLostFrame() {
        assertThat(Verdicts.failures(LosesAFrame.class)).containsExactly("theShapeIsKept");
    }

    static class NotFinite extends Contract {
        @Override
        protected Part create() {
            return (window, recording, random) -> filled(window, Math.log(-window.frames()));
        }
    }

    @Test
    void valuesThatAreNotFinite() {
        assertThat(Verdicts.failures(NotFinite.class)).contains("theShapeIsKept", "theSameStreamGivesTheSameBits");
    }

    static class Counts extends Contract {
        @Override
        protected Part create() {
            int[] calls = {0};
            return (window, recording, random) -> filled(window, ++calls[0]);
        }
    }

    @Test
    void aResultThatDependsOnTheCallsBefore() {
        assertThat(Verdicts.failures(Counts.class))
                .containsExactlyInAnyOrder("theSameStreamGivesTheSameBits", "eightThreadsGetTheBitsOfOne");
    }

    static class DependsOnThread extends Contract {
        @Override
        protected Part create() {
            return (window, recording, random) -> filled(window, Thread.currentThread().getName().hashCode());
        }
    }

    @Test
    void aResultThatDependsOnTheThread() {
        assertThat(Verdicts.failures(DependsOnThread.class)).containsExactly("eightThreadsGetTheBitsOfOne");
    }
}
