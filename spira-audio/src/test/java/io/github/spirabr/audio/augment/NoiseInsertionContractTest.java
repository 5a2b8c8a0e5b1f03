package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.testkit.AugmentationContract;
import io.github.spirabr.testkit.SpiraArbitraries;
import net.jqwik.api.Arbitrary;

class NoiseInsertionContractTest extends AugmentationContract {

    private static final Noises NOISES = Sounds.noises("hospital", 5, 1_500);

    @Override
    protected Augmentation create() {
        return NoiseInsertion.builder().noises(NOISES).perControl(4).perPatient(3).amplitude(0.03, 0.2).build();
    }

    @Override
    protected Components components() {
        return super.components().bind(Noises.class, NOISES.name(), NOISES);
    }

    /** Some are shorter than the noises, some longer. */
    @Override
    protected Arbitrary<Waveform> waveforms() {
        return SpiraArbitraries.waveforms(1, 4_000, Sounds.RATE);
    }
}
