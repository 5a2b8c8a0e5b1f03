package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Contract of every {@link Augmentation}: it keeps the sample rate, gives finite samples, leaves its input as it is,
 * takes all it draws from the stream that it is handed, whatever other threads do, and is made again from its settings.
 */
public abstract class AugmentationContract extends ComponentContract<Augmentation> {

    /** Called by the test that extends this. */
    protected AugmentationContract() {
        super(Augmentation.class);
    }

    /** Returns waveforms to augment; by default 1 to 6,000 samples at 8 or 16 kHz, silence among it. */
    protected Arbitrary<Waveform> waveforms() {
        return SpiraArbitraries.waveforms(1, 6_000, 8_000, 16_000);
    }

    @Provide
    Arbitrary<Waveform> inputs() {
        return waveforms();
    }

    @Provide
    Arbitrary<Recording> recordings() {
        return SpiraArbitraries.recordings();
    }

    @Property(tries = 50)
    void theSampleRateIsKept(
            @ForAll("inputs") Waveform waveform, @ForAll("recordings") Recording recording, @ForAll long seed) {
        assertThat(augment(create(), waveform, recording, seed).sampleRate()).isEqualTo(waveform.sampleRate());
    }

    @Property(tries = 50)
    void theInputIsLeftAsItIs(
            @ForAll("inputs") Waveform waveform, @ForAll("recordings") Recording recording, @ForAll long seed) {
        float[] before = waveform.toArray();
        augment(create(), waveform, recording, seed);
        Bits.assertSame(waveform.toArray(), before, "sample of the input");
    }

    @Property(tries = 50)
    void theSameStreamGivesTheSameBits(
            @ForAll("inputs") Waveform waveform, @ForAll("recordings") Recording recording, @ForAll long seed) {
        Augmentation part = create();
        Waveform first = augment(part, waveform, recording, seed);
        augment(part, waveform, recording, seed + 1);
        Bits.assertSame(augment(part, waveform, recording, seed), first);
        Bits.assertSame(augment(recreate(), waveform, recording, seed), first);
    }

    @Property(tries = 5)
    void eightThreadsGetTheBitsOfOne(
            @ForAll("severalInputs") List<Waveform> waveforms, @ForAll("recordings") Recording recording) {
        Augmentation part = create();
        List<List<Waveform>> together =
                Together.work(waveforms.size(), i -> augment(part, waveforms.get(i), recording, i));
        for (int i = 0; i < waveforms.size(); i++) {
            Waveform alone = augment(part, waveforms.get(i), recording, i);
            for (List<Waveform> ofThread : together) {
                Bits.assertSame(ofThread.get(i), alone);
            }
        }
    }

    @Provide
    Arbitrary<List<Waveform>> severalInputs() {
        return waveforms().list().ofSize(Together.THREADS);
    }

    @Example
    void materialIsNamedByItsHash() {
        assertThat(create().material().keySet())
                .allMatch(hash -> hash.matches("[0-9a-f]{64}"), "is a SHA-256 in lower-case hexadecimal");
        assertThat(recreate().material()).isEqualTo(create().material());
    }

    private static Waveform augment(Augmentation part, Waveform waveform, Recording recording, long seed) {
        return part.augment(waveform, recording, new RandomStreams(seed).stream("contract", 1, recording.id()));
    }
}
