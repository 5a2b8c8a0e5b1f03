package io.github.spirabr.audio.features;

import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.testkit.FeatureExtractorContract;

class KaldiMfccContractTest extends FeatureExtractorContract {

    @Override
    protected FeatureExtractor create() {
        return KaldiMfcc.builder().snipEdges(false).build();
    }
}
