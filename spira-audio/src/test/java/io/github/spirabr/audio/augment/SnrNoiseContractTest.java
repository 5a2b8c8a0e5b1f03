package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.testkit.AugmentationContract;
import io.github.spirabr.testkit.SpiraArbitraries;
import net.jqwik.api.Arbitrary;

class SnrNoiseContractTest extends AugmentationContract {

    private static final Noises NOISE = Sounds.noises("noise", 2, 1_500);
    private static final Noises SPEECH = Sounds.noises("speech", 8, 900);
    private static final Noises MUSIC = Sounds.noises("music", 2, 5_000);

    @Override
    protected Augmentation create() {
        return SnrNoise.compare2021(NOISE, SPEECH, MUSIC);
    }

    @Override
    protected Components components() {
        return super.components()
                .bind(Noises.class, NOISE.name(), NOISE)
                .bind(Noises.class, SPEECH.name(), SPEECH)
                .bind(Noises.class, MUSIC.name(), MUSIC);
    }

    /** Some are shorter than the noises, some longer. */
    @Override
    protected Arbitrary<Waveform> waveforms() {
        return SpiraArbitraries.waveforms(1, 4_000, Sounds.RATE);
    }
}
