package io.github.spirabr.audio.features;

import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.testkit.FeatureExtractorContract;

class MfccContractTest extends FeatureExtractorContract {

    @Override
    protected FeatureExtractor create() {
        return Mfcc.builder().coefficients(40).melBands(64).fftSize(1200).windowLength(400).hopLength(160).build();
    }
}
