package io.github.spirabr.encoder;

import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.testkit.FeatureExtractorContract;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** An encoder of raw waveforms that gives all frames of the pipeline's window. */
class RawEncoderContractTest extends FeatureExtractorContract {

    @BeforeContainer
    static void nameTheFolder() {
        OnnxEncoderContractTest.nameTheFolder();
    }

    @AfterContainer
    static void forgetTheFolder() {
        OnnxEncoderContractTest.forgetTheFolder();
    }

    @Override
    protected FeatureExtractor create() {
        return Graphs.raw().pooling(Pooling.NONE).fill(0.5).build();
    }
}
