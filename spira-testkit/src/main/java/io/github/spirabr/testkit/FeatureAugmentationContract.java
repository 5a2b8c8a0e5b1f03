package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.preprocessing.FeatureAugmentation;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Contract of every {@link FeatureAugmentation}: it keeps the window's shape, gives finite values, leaves its input as it
 * is, takes all it draws from the stream that it is handed, whatever other threads do, and is made again from its
 * settings.
 */
public abstract class FeatureAugmentationContract extends ComponentContract<FeatureAugmentation> {

    /** Called by the test that extends this. */
    protected FeatureAugmentationContract() {
        super(FeatureAugmentation.class);
    }

    /** Returns features to augment; by default 1 to 200 frames of 1 to 80 features. */
    protected Arbitrary<FeatureMatrix> windows() {
        return SpiraArbitraries.matrices(200, 80);
    }

    @Provide
    Arbitrary<FeatureMatrix> inputs() {
        return windows();
    }

    @Provide
    Arbitrary<Recording> recordings() {
        return SpiraArbitraries.recordings();
    }

    @Property(tries = 50)
    void theShapeIsKept(
            @ForAll("inputs") FeatureMatrix window, @ForAll("recordings") Recording recording, @ForAll long seed) {
        FeatureMatrix augmented = augment(create(), window, recording, seed);
        assertThat(augmented.frames()).as("number of frames").isEqualTo(window.frames());
        assertThat(augmented.features()).as("number of features").isEqualTo(window.features());
    }

    @Property(tries = 50)
    void theInputIsLeftAsItIs(
            @ForAll("inputs") FeatureMatrix window, @ForAll("recordings") Recording recording, @ForAll long seed) {
        float[] before = window.toArray();
        augment(create(), window, recording, seed);
        Bits.assertSame(window.toArray(), before, "value of the input");
    }

    @Property(tries = 50)
    void theSameStreamGivesTheSameBits(
            @ForAll("inputs") FeatureMatrix window, @ForAll("recordings") Recording recording, @ForAll long seed) {
        FeatureAugmentation part = create();
        FeatureMatrix first = augment(part, window, recording, seed);
        augment(part, window, recording, seed + 1);
        Bits.assertSame(augment(part, window, recording, seed), first);
        Bits.assertSame(augment(recreate(), window, recording, seed), first);
    }

    @Property(tries = 5)
    void eightThreadsGetTheBitsOfOne(
            @ForAll("severalInputs") List<FeatureMatrix> windows, @ForAll("recordings") Recording recording) {
        FeatureAugmentation part = create();
        List<List<FeatureMatrix>> together =
                Together.work(windows.size(), i -> augment(part, windows.get(i), recording, i));
        for (int i = 0; i < windows.size(); i++) {
            FeatureMatrix alone = augment(part, windows.get(i), recording, i);
            for (List<FeatureMatrix> ofThread : together) {
                Bits.assertSame(ofThread.get(i), alone);
            }
        }
    }

    @Provide
    Arbitrary<List<FeatureMatrix>> severalInputs() {
        return windows().list().ofSize(Together.THREADS);
    }

    private static FeatureMatrix augment(
            FeatureAugmentation part, FeatureMatrix window, Recording recording, long seed) {
        return part.augment(window, recording, new RandomStreams(seed).stream("contract", 1, recording.id()));
    }
}
