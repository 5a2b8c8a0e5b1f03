package io.github.spirabr.audio.features;

import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.testkit.FeatureExtractorContract;

class KaldiFbankContractTest extends FeatureExtractorContract {

    @Override
    protected FeatureExtractor create() {
        return KaldiFbank.builder().useEnergy(true).build();
    }
}
