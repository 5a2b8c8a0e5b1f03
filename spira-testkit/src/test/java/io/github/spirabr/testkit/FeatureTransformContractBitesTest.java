package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.FeatureTransform;
import io.github.spirabr.core.preprocessing.InputShape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each fault that the contract is there for is found by it. */
class FeatureTransformContractBitesTest {

    private interface Part extends FeatureTransform, Verdicts.Faulty {

        @Override
        default InputShape shape(InputShape input) {
            return input;
        }
    }

    private abstract static class Contract extends FeatureTransformContract {

        @Override
        protected Components components() {
            return Verdicts.registered(FeatureTransform.class, this::create);
        }
    }

    private static FeatureMatrix plus(FeatureMatrix window, float number) {
        float[] values = window.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += number;
        }
        return FeatureMatrix.of(window.frames(), window.features(), values);
    }

    static class Faultless extends Contract {
        @Override
        protected Part create() {
            return windows -> windows.stream().map(window -> plus(window, 1)).toList();
        }
    }

    @Test
    void aFaultlessPartPasses() {
        assertThat(Verdicts.failures(Faultless.class)).isEmpty();
    }

    static class DropsWindows extends Contract {
        @Override
        protected Part create() {
            return windows -> windows.subList(0, 1);
        }
    }

    @Test
    void windowsThatVanish() {
        assertThat(Verdicts.failures(DropsWindows.class)).contains("theShapeIsTheAnnouncedOne");
    }

    static class Remembers extends Contract {
        @Override
        protected Part create() {
            float[] last = {0};
            return windows -> {
                List<FeatureMatrix> changed = windows.stream().map(window -> plus(window, last[0])).toList();
                last[0]++;
                return changed;
            };
        }
    }

    @Test
    void aTransformThatRemembersTheRecordingBefore() {
        assertThat(Verdicts.failures(Remembers.class)).contains("theSameFeaturesGiveTheSameBits");
    }

    static class NeverFitted extends Contract {
        @Override
        protected Part create() {
            return new Part() {
                @Override
                public List<FeatureMatrix> apply(List<FeatureMatrix> windows) {
                    return windows;
                }

                @Override
                public boolean needsFitting() {
                    return true;
                }
            };
        }
    }

    @Test
    void aTransformThatStaysUnfitted() {
        assertThat(Verdicts.failures(NeverFitted.class)).contains("aFittedPartNeedsNoFitting");
    }
}
