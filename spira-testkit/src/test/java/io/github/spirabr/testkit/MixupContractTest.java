package io.github.spirabr.testkit;

import io.github.spirabr.core.preprocessing.BatchAugmentation;
import io.github.spirabr.core.preprocessing.Mixup;

class MixupContractTest extends BatchAugmentationContract {

    @Override
    protected BatchAugmentation create() {
        return Mixup.of(0.4, 0.7);
    }
}
