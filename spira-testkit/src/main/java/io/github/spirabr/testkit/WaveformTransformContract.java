package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Contract of every {@link WaveformTransform}: it keeps the sample rate, gives at least one sample and finite ones, leaves
 * its input as it is, gives the same bits for the same samples, whatever came before and whatever other threads do, and
 * is made again from its settings.
 */
public abstract class WaveformTransformContract extends ComponentContract<WaveformTransform> {

    /** Called by the test that extends this. */
    protected WaveformTransformContract() {
        super(WaveformTransform.class);
    }

    /** Returns waveforms to transform; by default 1 to 6,000 samples at 8 or 16 kHz, silence among it. */
    protected Arbitrary<Waveform> waveforms() {
        return SpiraArbitraries.waveforms(1, 6_000, 8_000, 16_000);
    }

    @Provide
    Arbitrary<Waveform> inputs() {
        return waveforms();
    }

    @Property(tries = 50)
    void theSampleRateIsKept(@ForAll("inputs") Waveform waveform) {
        assertThat(create().apply(waveform).sampleRate()).isEqualTo(waveform.sampleRate());
    }

    @Property(tries = 50)
    void theInputIsLeftAsItIs(@ForAll("inputs") Waveform waveform) {
        float[] before = waveform.toArray();
        create().apply(waveform);
        Bits.assertSame(waveform.toArray(), before, "sample of the input");
    }

    @Property(tries = 50)
    void theSameSamplesGiveTheSameBits(@ForAll("inputs") Waveform waveform, @ForAll("inputs") Waveform other) {
        WaveformTransform part = create();
        Waveform first = part.apply(waveform);
        part.apply(other);
        Bits.assertSame(part.apply(waveform), first);
        Bits.assertSame(recreate().apply(waveform), first);
    }

    @Property(tries = 5)
    void eightThreadsGetTheBitsOfOne(@ForAll("severalInputs") List<Waveform> waveforms) {
        WaveformTransform part = create();
        List<List<Waveform>> together = Together.work(waveforms.size(), i -> part.apply(waveforms.get(i)));
        for (int i = 0; i < waveforms.size(); i++) {
            Waveform alone = part.apply(waveforms.get(i));
            for (List<Waveform> ofThread : together) {
                Bits.assertSame(ofThread.get(i), alone);
            }
        }
    }

    @Provide
    Arbitrary<List<Waveform>> severalInputs() {
        return waveforms().list().ofSize(Together.THREADS);
    }
}
