package io.github.spirabr.testkit;

import io.github.spirabr.core.preprocessing.ContextFrames;
import io.github.spirabr.core.preprocessing.Deltas;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.FeatureTransform;
import io.github.spirabr.core.preprocessing.Functionals;
import io.github.spirabr.core.preprocessing.MeanVariance;
import io.github.spirabr.core.preprocessing.Pcen;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Group;

/** The library's own transforms of features keep the contract. */
@SuppressWarnings("ClassCanBeStatic") // groups of jqwik are inner classes
class FeatureTransformContractsTest {

    @Group
    class OfDeltas extends FeatureTransformContract {
        @Override
        protected FeatureTransform create() {
            return Deltas.of(9, 1);
        }
    }

    @Group
    class OfContext extends FeatureTransformContract {
        @Override
        protected FeatureTransform create() {
            return ContextFrames.of(2, 3);
        }
    }

    @Group
    class OfSlidingFrames extends FeatureTransformContract {
        @Override
        protected FeatureTransform create() {
            return MeanVariance.sliding(20).variance(false);
        }
    }

    @Group
    class OfRecordings extends FeatureTransformContract {
        @Override
        protected FeatureTransform create() {
            return MeanVariance.ofRecording();
        }
    }

    @Group
    class OfTheTrainingSet extends FeatureTransformContract {
        @Override
        protected FeatureTransform create() {
            return MeanVariance.ofTrainingSet();
        }
    }

    @Group
    class OfEnergies extends FeatureTransformContract {
        @Override
        protected FeatureTransform create() {
            return Pcen.of(1, 0.5, 1, 0.25, 10);
        }

        @Override
        protected Arbitrary<List<FeatureMatrix>> recordings() {
            return super.recordings().map(windows -> windows.stream().map(OfEnergies::positive).toList());
        }

        private static FeatureMatrix positive(FeatureMatrix window) {
            float[] values = window.toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.abs(values[i]);
            }
            return FeatureMatrix.of(window.frames(), window.features(), values);
        }
    }

    @Group
    class OfFunctionals extends FeatureTransformContract {
        @Override
        protected FeatureTransform create() {
            return Functionals.of("slope", "p25", "mean", "kurtosis");
        }
    }
}
