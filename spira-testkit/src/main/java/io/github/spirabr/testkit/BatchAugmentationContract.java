package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.preprocessing.BatchAugmentation;
import io.github.spirabr.core.preprocessing.BatchAugmentation.LabelledWindow;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Contract of every {@link BatchAugmentation}: of a batch of any size and any classes it gives at least one window, all
 * of the batch's shape, with finite values; it leaves the batch as it is, takes all it draws from the stream that it is
 * handed, whatever other threads do, and is made again from its settings.
 */
public abstract class BatchAugmentationContract extends ComponentContract<BatchAugmentation> {

    /** Called by the test that extends this. */
    protected BatchAugmentationContract() {
        super(BatchAugmentation.class);
    }

    /** Returns windows to augment; by default 1 to 17 windows of up to 20 frames and 8 features. */
    protected Arbitrary<List<LabelledWindow>> batches() {
        return SpiraArbitraries.batches(17);
    }

    @Provide
    Arbitrary<List<LabelledWindow>> inputs() {
        return batches();
    }

    @Property(tries = 100)
    void windowsKeepTheBatchesShape(@ForAll("inputs") List<LabelledWindow> batch, @ForAll long seed) {
        FeatureMatrix model = batch.get(0).features();
        assertThat(augment(create(), batch, seed)).isNotEmpty().allSatisfy(window -> {
            assertThat(window.features().frames()).as("number of frames").isEqualTo(model.frames());
            assertThat(window.features().features()).as("number of features").isEqualTo(model.features());
        });
    }

    @Property(tries = 100)
    void theBatchIsLeftAsItIs(@ForAll("inputs") List<LabelledWindow> batch, @ForAll long seed) {
        List<LabelledWindow> handed = new ArrayList<>(batch);
        List<float[]> before = batch.stream().map(window -> window.features().toArray()).toList();
        create().augment(handed, stream(seed));
        assertThat(handed.size()).as("number of windows of the batch").isEqualTo(batch.size());
        for (int i = 0; i < before.size(); i++) {
            assertThat(handed.get(i)).as("window %d of the batch", i).isSameAs(batch.get(i));
            Bits.assertSame(handed.get(i).features().toArray(), before.get(i), "window " + i + " of the batch: value");
        }
    }

    @Property(tries = 100)
    void theSameStreamGivesTheSameBits(@ForAll("inputs") List<LabelledWindow> batch, @ForAll long seed) {
        BatchAugmentation part = create();
        List<LabelledWindow> first = augment(part, batch, seed);
        augment(part, batch, seed + 1);
        Bits.assertSame(augment(part, batch, seed), first, Bits::assertSame);
        Bits.assertSame(augment(recreate(), batch, seed), first, Bits::assertSame);
    }

    @Property(tries = 10)
    void eightThreadsGetTheBitsOfOne(@ForAll("severalInputs") List<List<LabelledWindow>> batches) {
        BatchAugmentation part = create();
        List<List<List<LabelledWindow>>> together =
                Together.work(batches.size(), i -> augment(part, batches.get(i), i));
        for (int i = 0; i < batches.size(); i++) {
            List<LabelledWindow> alone = augment(part, batches.get(i), i);
            for (List<List<LabelledWindow>> ofThread : together) {
                Bits.assertSame(ofThread.get(i), alone, Bits::assertSame);
            }
        }
    }

    @Provide
    Arbitrary<List<List<LabelledWindow>>> severalInputs() {
        return batches().list().ofSize(Together.THREADS);
    }

    private static List<LabelledWindow> augment(BatchAugmentation part, List<LabelledWindow> batch, long seed) {
        return part.augment(new ArrayList<>(batch), stream(seed));
    }

    private static RandomGenerator stream(long seed) {
        return new RandomStreams(seed).stream("contract", 1, "1");
    }
}
