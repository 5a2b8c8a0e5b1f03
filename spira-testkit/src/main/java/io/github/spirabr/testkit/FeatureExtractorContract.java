package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.WindowSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Contract of every {@link FeatureExtractor}: matrices of the shape that it announces, finite, silence included; the same
 * bits for the same samples, whether a window is extracted alone or with others, whatever other threads do; its input
 * stays as it is; and it is made again from its settings.
 */
public abstract class FeatureExtractorContract extends ComponentContract<FeatureExtractor> {

    /** Called by the test that extends this. */
    protected FeatureExtractorContract() {
        super(FeatureExtractor.class);
    }

    /** Returns windows to extract features from; by default 2,000 to 10,000 samples at 16 kHz, silence among it. */
    protected Arbitrary<Waveform> waveforms() {
        return SpiraArbitraries.waveforms(2_000, 10_000, 16_000);
    }

    @Provide
    Arbitrary<Waveform> inputs() {
        return waveforms();
    }

    @Property(tries = 50)
    void theShapeIsTheAnnouncedOne(@ForAll("inputs") Waveform waveform) {
        FeatureExtractor part = create();
        FeatureMatrix features = part.extract(waveform);
        assertThat(features.features()).as("number of features").isEqualTo(part.features());
        assertThat(features.frames()).as("frames of %s", waveform).isEqualTo(part.frames(waveform.length()));
    }

    @Property(tries = 50)
    void theInputIsLeftAsItIs(@ForAll("inputs") Waveform waveform) {
        float[] before = waveform.toArray();
        create().extract(waveform);
        Bits.assertSame(waveform.toArray(), before, "sample of the input");
    }

    @Property(tries = 50)
    void theSameSamplesGiveTheSameBits(@ForAll("inputs") Waveform waveform, @ForAll("inputs") Waveform other) {
        FeatureExtractor part = create();
        FeatureMatrix first = part.extract(waveform);
        part.extract(other);
        Bits.assertSame(part.extract(waveform), first);
        Bits.assertSame(recreate().extract(waveform), first);
    }

    @Property(tries = 50)
    void aWindowAmongOthersIsAWindowAlone(@ForAll("inputs") Waveform waveform, @ForAll long seed) {
        FeatureExtractor part = create();
        List<WindowSpan> windows = windows(waveform.length(), new SplittableRandom(seed));
        List<FeatureMatrix> together = part.extract(waveform, windows);
        assertThat(together.size()).as("matrices of %d windows", windows.size()).isEqualTo(windows.size());
        for (int w = 0; w < windows.size(); w++) {
            float[] samples = new float[windows.get(w).length()];
            waveform.copyTo(windows.get(w).start(), samples, 0, samples.length);
            Bits.assertSame(together.get(w), part.extract(Waveform.of(samples, waveform.sampleRate())));
        }
    }

    /** Windows of a length from which features can be had; the last may reach past the end. */
    private static List<WindowSpan> windows(int length, SplittableRandom random) {
        int window = length - random.nextInt(length / 4 + 1);
        int step = 1 + random.nextInt(length);
        List<WindowSpan> windows = new ArrayList<>();
        for (int start = 0; start < length && windows.size() < 8; start += step) {
            windows.add(new WindowSpan(start, window));
        }
        return windows;
    }

    @Property(tries = 5)
    void eightThreadsGetTheBitsOfOne(@ForAll("severalInputs") List<Waveform> waveforms) {
        FeatureExtractor part = create();
        List<List<FeatureMatrix>> together = Together.work(waveforms.size(), i -> part.extract(waveforms.get(i)));
        for (int i = 0; i < waveforms.size(); i++) {
            FeatureMatrix alone = part.extract(waveforms.get(i));
            for (List<FeatureMatrix> ofThread : together) {
                Bits.assertSame(ofThread.get(i), alone);
            }
        }
    }

    @Provide
    Arbitrary<List<Waveform>> severalInputs() {
        return waveforms().list().ofSize(Together.THREADS);
    }
}
