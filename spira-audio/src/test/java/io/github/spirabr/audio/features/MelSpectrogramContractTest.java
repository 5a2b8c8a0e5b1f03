package io.github.spirabr.audio.features;

import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.testkit.FeatureExtractorContract;

class MelSpectrogramContractTest extends FeatureExtractorContract {

    @Override
    protected FeatureExtractor create() {
        return MelSpectrogram.builder().melBands(40).fMin(50).fftSize(512).windowLength(400).hopLength(200).build();
    }
}
