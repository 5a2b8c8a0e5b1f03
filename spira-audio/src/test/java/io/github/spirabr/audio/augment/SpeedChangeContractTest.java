package io.github.spirabr.audio.augment;

import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.testkit.AugmentationContract;

class SpeedChangeContractTest extends AugmentationContract {

    @Override
    protected Augmentation create() {
        return SpeedChange.of(0.8, 1.25).probability(0.8);
    }
}
