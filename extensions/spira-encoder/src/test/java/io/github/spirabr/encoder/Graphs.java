package io.github.spirabr.encoder;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The graphs and waveforms of the tests, as encoder_golden.py makes them. */
final class Graphs {

    static final int RATE = 16_000;

    /** A front end whose features are the samples themselves: each 20 are a frame. */
    static final FeatureExtractor FRAMED = new FeatureExtractor() {
        @Override
        public int features() {
            return 20;
        }

        @Override
        public int frames(int samples) {
            return samples / 20;
        }

        @Override
        public FeatureMatrix extract(Waveform waveform) {
            float[] values = new float[frames(waveform.length()) * 20];
            waveform.copyTo(0, values, 0, values.length);
            return FeatureMatrix.of(values.length / 20, 20, values);
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("framed", Map.of());
        }
    };

    private Graphs() {}

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(Graphs.class.getResource("/golden/" + name), name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static OnnxEncoder.Builder raw() {
        return OnnxEncoder.builder(file("raw.onnx"), RATE).output("frames");
    }

    static OnnxEncoder.Builder image() {
        return OnnxEncoder.builder(file("image.onnx"), RATE).frontend(FRAMED);
    }

    static OnnxEncoder.Builder patches() {
        return OnnxEncoder.builder(file("patches.onnx"), RATE).frontend(FRAMED);
    }

    static float[] samples(int count, int shift) {
        float[] samples = new float[count];
        for (int n = 0; n < count; n++) {
            long i = (long) n + shift;
            samples[n] = ((i * i * 31 + i * 17) % 2001 - 1000) / 2000f;
        }
        return samples;
    }

    static Waveform waveform(int count) {
        return Waveform.of(samples(count, 5), RATE);
    }
}
