package io.github.spirabr.encoder;

import io.github.spirabr.audio.features.MelSpectrogram;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.testkit.FeatureExtractorContract;
import java.time.Duration;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** An encoder behind a mel spectrogram, with windows of its own. */
class OnnxEncoderContractTest extends FeatureExtractorContract {

    /** A description names the file without its folder. */
    @BeforeContainer
    static void nameTheFolder() {
        System.setProperty(GraphFile.FOLDERS_PROPERTY, Graphs.file("image.onnx").getParent().toString());
    }

    @AfterContainer
    static void forgetTheFolder() {
        System.clearProperty(GraphFile.FOLDERS_PROPERTY);
    }

    @Override
    protected FeatureExtractor create() {
        return OnnxEncoder.builder(Graphs.file("image.onnx"), Graphs.RATE)
                .frontend(MelSpectrogram.builder().melBands(20).fftSize(400).windowLength(400).hopLength(160).build())
                .layout(Layout.CHANNEL_TIME_FEATURES)
                .normalizeWaveform(true)
                .pooling(Pooling.MEAN_DEVIATION)
                .window(Duration.ofMillis(250))
                .hop(Duration.ofMillis(125))
                .licence("CC BY 4.0, as \"the authors\" wrote")
                .pretrainingData("none, drawn by chance")
                .build();
    }
}
