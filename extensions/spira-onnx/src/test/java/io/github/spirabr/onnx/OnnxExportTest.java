package io.github.spirabr.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.engine.Safetensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SpiraConv and ONNX Runtime give the same probabilities for the same network, within 1e-5. */
@Tag("slow")
class OnnxExportTest {

    private static final double TOLERANCE = 1e-5;

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of("V1", SpiraConv.v1(), new InputShape(101, 40), List.of(101)),
                Arguments.of("V1 of 13 features", SpiraConv.v1(), new InputShape(64, 13), List.of(64)),
                Arguments.of("V2 as published", SpiraConv.v2(), new InputShape(401, 40), List.of(401)),
                Arguments.of("V2 of the shortest windows", SpiraConv.v2(), new InputShape(60, 40), List.of(60)),
                Arguments.of("V4 with other kernels and layers",
                        SpiraConv.v4().kernels(5, 3, 3, 2).dilation(1).dense(20, 10).dropout(0.3).outputs(2).build(),
                        new InputShape(80, 20), List.of(80)),
                Arguments.of("V4 that averages over time",
                        SpiraConv.v4().averagePooling(10).build(), new InputShape(100, 40), List.of(100, 101, 137, 250, 401)),
                Arguments.of("V4 whose averages overlap and repeat",
                        SpiraConv.v4().averagePooling(7).dense(30).outputs(2).build(), new InputShape(60, 12),
                        List.of(60, 77, 93, 160)));
    }

    /** Weights as training leaves them: of a size that keeps signals alive, gains near one. */
    private static TrainedModel trained(ModelFactory factory, InputShape input) {
        RandomGenerator random = new RandomStreams(3).stream("weights of the test", 0, "");
        UntrainedModel untrained = factory.create(input, new RandomStreams(1));
        // Running means and variances of four convolutions; networks of group normalisation do not ask for them.
        int[] channels = {32, 16, 8, 4};
        float[] statistics = new float[2 * 60];
        int at = 0;
        for (int count : channels) {
            for (int i = 0; i < 2 * count; i++) {
                statistics[at++] = (float) (i < count ? random.nextGaussian() : 0.5 + random.nextDouble());
            }
        }
        Map<String, byte[]> state = new HashMap<>();
        state.put("statistics.f32", bytes(statistics));
        state.put("weights.f32", bytes(new float[Math.toIntExact(untrained.parameterCount())]));
        try (TrainedModel zero = untrained.restore(state)) {
            state.put("weights.f32", bytes(weights(
                    Safetensors.read("zero", zero.state().get("weights.safetensors")), random)));
        }
        return factory.create(input, new RandomStreams(1)).restore(state);
    }

    private static float[] weights(Safetensors like, RandomGenerator random) {
        List<Float> weights = new ArrayList<>();
        for (String name : like.names()) {
            List<Integer> shape = like.shape(name);
            int length = like.floats(name).length;
            double spread = shape.size() == 1 ? 0.2 : 1.5 / Math.sqrt((double) length / shape.get(0));
            for (int i = 0; i < length && !name.contains("running"); i++) {
                weights.add((float) (spread * random.nextGaussian() + (name.matches("norm.*weight") ? 1 : 0)));
            }
        }
        float[] values = new float[weights.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = weights.get(i);
        }
        return values;
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static List<FeatureMatrix> windows(int count, int frames, int features, double scale) {
        RandomGenerator random = new RandomStreams(count).stream("windows", frames, "");
        List<FeatureMatrix> windows = new ArrayList<>();
        for (int w = 0; w < count; w++) {
            float[] values = new float[frames * features];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (scale * random.nextGaussian() - (i % features == 0 ? 10 * scale : 0));
            }
            windows.add(FeatureMatrix.of(frames, features, values));
        }
        return windows;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void spiraConvAndOnnxRuntimeAgree(String name, ModelFactory factory, InputShape input, List<Integer> lengths)
            throws OrtException {
        List<Double> all = new ArrayList<>();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (TrainedModel model = trained(factory, input)) {
            byte[] file = OnnxExport.of(model.describe().orElseThrow(), Map.of("threshold", "0.5"));
            assertThat(OnnxExport.of(model.describe().orElseThrow(), Map.of("threshold", "0.5"))).isEqualTo(file);
            try (OrtSession session = environment.createSession(file)) {
                assertThat(session.getMetadata().getCustomMetadataValue("threshold")).contains("0.5");
                assertThat(session.getInputNames()).containsExactly("features");
                assertThat(session.getOutputNames()).containsExactly("probability");
                for (int frames : lengths) {
                    for (int count : new int[] {1, 2, 9}) {
                        for (double scale : new double[] {0.3, 5}) {
                            List<FeatureMatrix> windows = windows(count, frames, input.features(), scale);
                            double[] expected = model.predict(windows);
                            float[] found = run(environment, session, windows);
                            assertThat(found).hasSize(count);
                            for (int w = 0; w < count; w++) {
                                assertThat((double) found[w])
                                        .as("window %s of %s, %s frames, scale %s", w, count, frames, scale)
                                        .isCloseTo(expected[w], within(TOLERANCE));
                                all.add(expected[w]);
                            }
                        }
                    }
                }
            }
        }
        // A graph that says the same of everything would prove little.
        assertThat(Collections.max(all) - Collections.min(all)).isGreaterThan(0.2);
    }

    private static float[] run(OrtEnvironment environment, OrtSession session, List<FeatureMatrix> windows)
            throws OrtException {
        int frames = windows.get(0).frames();
        int features = windows.get(0).features();
        float[] values = new float[windows.size() * frames * features];
        for (int w = 0; w < windows.size(); w++) {
            windows.get(w).copyTo(values, w * frames * features);
        }
        long[] shape = {windows.size(), frames, features};
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
                OrtSession.Result result = session.run(Map.of("features", tensor))) {
            return (float[]) result.get("probability").orElseThrow().getValue();
        }
    }

    @Test
    void windowsOfAnotherLengthAreRefusedWhereTheNetworkDoesNotAverage() throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (TrainedModel model = trained(SpiraConv.v2(), new InputShape(60, 8));
                OrtSession session = environment.createSession(OnnxExport.of(model.describe().orElseThrow(), Map.of()))) {
            assertThatThrownBy(() -> run(environment, session, windows(1, 61, 8, 1)))
                    .isInstanceOf(OrtException.class).hasMessageContaining("features");
        }
    }
}
