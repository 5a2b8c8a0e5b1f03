package io.github.spirabr.audio.augment;

import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.testkit.AugmentationContract;

class GainContractTest extends AugmentationContract {

    @Override
    protected Augmentation create() {
        return Gain.of(-12, 6).probability(0.8);
    }
}
