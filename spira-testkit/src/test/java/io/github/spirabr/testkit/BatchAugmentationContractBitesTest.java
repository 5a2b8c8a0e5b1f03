package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.BatchAugmentation;
import io.github.spirabr.core.preprocessing.BatchAugmentation.LabelledWindow;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Each fault that the contract is there for is found by it. */
class BatchAugmentationContractBitesTest {

    private interface Part extends BatchAugmentation, Verdicts.Faulty {}

    private abstract static class Contract extends BatchAugmentationContract {

        @Override
        protected Components components() {
            return Verdicts.registered(BatchAugmentation.class, this::create);
        }
    }

    static class Faultless extends Contract {
        @Override
        @SuppressWarnings("ReferenceEquality") // the very window
        protected Part create() {
            return (batch, random) -> batch.stream()
                    .filter(window -> window == batch.get(0) || random.nextBoolean())
                    .toList();
        }
    }

    @Test
    void aFaultlessPartPasses() {
        assertThat(Verdicts.failures(Faultless.class)).isEmpty();
    }

    static class SortsTheBatch extends Contract {
        @Override
        protected Part create() {
            return (batch, random) -> {
                batch.sort(Comparator.comparing(LabelledWindow::target));
                return batch;
            };
        }
    }

    @Test
    void aChangedBatch() {
        assertThat(Verdicts.failures(SortsTheBatch.class)).containsExactly("theBatchIsLeftAsItIs");
    }

    static class PairsOnly extends Contract {
        @Override
        protected Part create() {
            return (batch, random) -> List.copyOf(batch.subList(0, batch.size() / 2 * 2));
        }
    }

    @Test
    void nothingOfABatchOfOneWindow() {
        assertThat(Verdicts.failures(PairsOnly.class)).containsExactly("windowsKeepTheBatchesShape");
    }

    static class OtherShape extends Contract {
        @Override
        protected Part create() {
            return (batch, random) -> List.of(new LabelledWindow(FeatureMatrix.of(1, 9, new float[9]), 0));
        }
    }

    @Test
    void anotherShape() {
        assertThat(Verdicts.failures(OtherShape.class)).containsExactly("windowsKeepTheBatchesShape");
    }

    static class SharedGenerator extends Contract {
        private static final SplittableRandom SHARED = new SplittableRandom(1);

        @Override
        protected Part create() {
            return (batch, random) -> List.of(new LabelledWindow(batch.get(0).features(), SHARED.nextDouble()));
        }
    }

    @Test
    void aSharedGenerator() {
        assertThat(Verdicts.failures(SharedGenerator.class))
                .containsExactlyInAnyOrder("theSameStreamGivesTheSameBits", "eightThreadsGetTheBitsOfOne");
    }
}
