package io.github.spirabr.audio.features;

import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.testkit.FeatureExtractorContract;

class SpectrogramContractTest extends FeatureExtractorContract {

    @Override
    protected FeatureExtractor create() {
        return Spectrogram.builder().fftSize(256).windowLength(250).hopLength(100).build();
    }
}
