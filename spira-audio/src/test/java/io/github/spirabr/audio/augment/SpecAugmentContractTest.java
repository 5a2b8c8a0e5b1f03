package io.github.spirabr.audio.augment;

import io.github.spirabr.core.preprocessing.FeatureAugmentation;
import io.github.spirabr.testkit.FeatureAugmentationContract;

class SpecAugmentContractTest extends FeatureAugmentationContract {

    @Override
    protected FeatureAugmentation create() {
        return SpecAugment.compare2021().featureStripes(3, 12).fill(SpecAugment.Fill.MEAN).probability(0.8);
    }
}
