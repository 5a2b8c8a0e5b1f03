package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.FeatureTransform;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.TrainingFrames;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Contract of every {@link FeatureTransform}: as many windows as before, of the shape that it announces; one name for each
 * feature; the same bits for the same features, whatever came before and whatever other threads do; its input stays as it is;
 * and it is made again from its settings, fitted or not.
 */
public abstract class FeatureTransformContract extends ComponentContract<FeatureTransform> {

    /** Called by the test that extends this. */
    protected FeatureTransformContract() {
        super(FeatureTransform.class);
    }

    /** Returns the windows of a recording; by default one of 1 to 60 frames of 1 to 20 features, and often its first half. */
    protected Arbitrary<List<FeatureMatrix>> recordings() {
        return Combinators.combine(SpiraArbitraries.matrices(60, 20), Arbitraries.of(true, false))
                .as((window, alone) -> alone ? List.of(window) : List.of(window, half(window)));
    }

    private static FeatureMatrix half(FeatureMatrix window) {
        int frames = (window.frames() + 1) / 2;
        return FeatureMatrix.of(frames, window.features(), Arrays.copyOf(window.toArray(), frames * window.features()));
    }

    @Provide
    Arbitrary<List<FeatureMatrix>> inputs() {
        return recordings();
    }

    /** Fits a part on these windows, if it must be fitted. */
    private static FeatureTransform fitted(FeatureTransform part, List<FeatureMatrix> windows) {
        return part.needsFitting() ? part.fit(TrainingFrames.of(List.of(windows).iterator())) : part;
    }

    private FeatureTransform recreated(FeatureTransform fitted) {
        return components().create(FeatureTransform.class, "contract", fitted.description());
    }

    private static void assertSame(List<FeatureMatrix> actual, List<FeatureMatrix> wanted) {
        Bits.assertSame(actual, wanted, Bits::assertSame);
    }

    @Property(tries = 50)
    void theShapeIsTheAnnouncedOne(@ForAll("inputs") List<FeatureMatrix> windows) {
        FeatureTransform part = fitted(create(), windows);
        List<FeatureMatrix> changed = part.apply(windows);
        assertThat(changed.size()).as("number of windows").isEqualTo(windows.size());
        for (int i = 0; i < windows.size(); i++) {
            InputShape before = new InputShape(windows.get(i).frames(), windows.get(i).features());
            assertThat(new InputShape(changed.get(i).frames(), changed.get(i).features())).isEqualTo(part.shape(before));
        }
        List<String> names = IntStream.range(0, windows.get(0).features()).mapToObj(feature -> "x" + feature + " (Hz)").toList();
        assertThat(part.featureNames(names)).as("names of features").hasSize(changed.get(0).features()).doesNotHaveDuplicates();
    }

    @Property(tries = 50)
    void theInputIsLeftAsItIs(@ForAll("inputs") List<FeatureMatrix> windows) {
        List<float[]> before = windows.stream().map(FeatureMatrix::toArray).toList();
        fitted(create(), windows).apply(windows);
        for (int i = 0; i < windows.size(); i++) {
            Bits.assertSame(windows.get(i).toArray(), before.get(i), "value of the input");
        }
    }

    @Property(tries = 50)
    void theSameFeaturesGiveTheSameBits(
            @ForAll("inputs") List<FeatureMatrix> windows, @ForAll("inputs") List<FeatureMatrix> others) {
        FeatureTransform part = fitted(create(), windows);
        List<FeatureMatrix> first = part.apply(windows);
        if (others.get(0).features() == windows.get(0).features()) {
            part.apply(others);
        }
        assertSame(part.apply(windows), first);
        assertSame(recreated(part).apply(windows), first);
    }

    @Property(tries = 10)
    void aFittedPartNeedsNoFitting(@ForAll("inputs") List<FeatureMatrix> windows) {
        FeatureTransform part = fitted(create(), windows);
        assertThat(part.needsFitting()).as("needs fitting after it was fitted").isFalse();
        assertThat(recreated(part).needsFitting()).as("needs fitting when it is made again").isFalse();
        assertThat(recreated(part).description()).isEqualTo(part.description());
    }

    @Property(tries = 5)
    void eightThreadsGetTheBitsOfOne(@ForAll("inputs") List<FeatureMatrix> windows) {
        FeatureTransform part = fitted(create(), windows);
        List<FeatureMatrix> alone = part.apply(windows);
        for (List<List<FeatureMatrix>> ofThread : Together.work(Together.THREADS, i -> part.apply(windows))) {
            ofThread.forEach(one -> assertSame(one, alone));
        }
    }
}
