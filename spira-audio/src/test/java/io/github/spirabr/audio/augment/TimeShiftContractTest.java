package io.github.spirabr.audio.augment;

import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.testkit.AugmentationContract;
import java.time.Duration;

class TimeShiftContractTest extends AugmentationContract {

    @Override
    protected Augmentation create() {
        return TimeShift.upTo(Duration.ofMillis(200)).probability(0.8);
    }
}
