package io.github.spirabr.audio.augment;

import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.testkit.AugmentationContract;

class BandPassContractTest extends AugmentationContract {

    @Override
    protected Augmentation create() {
        return BandPass.of(200, 3_000).probability(0.8);
    }
}
