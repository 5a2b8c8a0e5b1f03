package io.github.spirabr.training.internal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.AdamW;
import io.github.spirabr.training.Noam;
import io.github.spirabr.training.Optimizer;
import io.github.spirabr.training.RAdam;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.engine.TrainingWindows;
import io.github.spirabr.training.engine.WindowStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** V1 and V4 against PyTorch; the numbers are made by make_spiraconv_variants_golden.py. */
@Tag("slow")
class SpiraConvVariantsGoldenTest {

    private static final int FEATURES = 4;

    enum Variant {
        V1("spiraconv_v1_golden.f32", new int[] {7, 5, 3, 2}, 2, true, 0, List.of(100), 1, 64, 64, 64, 64, 64, 64),
        V4("spiraconv_v4_golden.f32", new int[] {2, 3, 2, 5}, 1, false, 0, List.of(24, 12), 3, 70, 70, 70, 70, 70, 70),
        V4_POOLED("spiraconv_v4_pooled_golden.f32", new int[] {7, 5, 3, 2}, 2, false, 5, List.of(20), 1,
                64, 97, 64, 83, 150, 70);

        private final String file;
        private final SpiraConvNetwork architecture;
        private final int[] lengths;

        Variant(
                String file, int[] kernels, int dilation, boolean batch, int pooled, List<Integer> dense, int outputs,
                int... lengths) {
            this.file = file;
            this.lengths = lengths;
            IntUnaryOperator dilations = n -> n < 3 ? dilation : 1;
            this.architecture = new SpiraConvNetwork(
                    List.of(
                            new Convolution(32, kernels[0], dilations.applyAsInt(0), 16, true),
                            new Convolution(16, kernels[1], dilations.applyAsInt(1), 8, true),
                            new Convolution(8, kernels[2], dilations.applyAsInt(2), 4, true),
                            new Convolution(4, kernels[3], dilations.applyAsInt(3), 2, false)),
                    batch, pooled, dense, 0, outputs);
        }

        Network build(int threads) {
            return architecture.build(new InputShape(lengths[0], FEATURES), new SplittableRandom(1), threads);
        }

        FloatBuffer golden() {
            try (InputStream in = Variant.class.getResourceAsStream(file)) {
                return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final WindowStreams NO_DROPOUT = (purpose, window) -> {
        throw new AssertionError("nothing is to be drawn");
    };

    private static float[] next(FloatBuffer golden, int count) {
        float[] values = new float[count];
        golden.get(values);
        return values;
    }

    private static float[][] windows(FloatBuffer golden, int[] lengths) {
        float[][] windows = new float[lengths.length][];
        for (int w = 0; w < lengths.length; w++) {
            windows[w] = next(golden, lengths[w] * FEATURES);
        }
        return windows;
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void forwardAndGradientAreThoseOfPyTorch(Variant variant) {
        FloatBuffer golden = variant.golden();
        try (Network network = variant.build(2)) {
            int size = network.parameterCount();
            int outputs = variant.architecture.outputs();
            network.weights(next(golden, size));
            float[][] windows = windows(golden, variant.lengths);
            float[] targets = next(golden, windows.length);
            float[] whileTraining = next(golden, windows.length * outputs);
            float loss = next(golden, 1)[0];
            float[] wanted = next(golden, size);
            float[] gradient = new float[size];
            double found = network.gradient(
                    TrainingWindows.equally(windows, targets, OutputLoss.PLAIN), NO_DROPOUT, gradient);
            assertThat(found).isCloseTo(loss, within(1e-5));
            double largest = 0;
            for (float value : wanted) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (Segment segment : network.layout()) {
                for (int i = segment.offset(); i < segment.offset() + segment.length(); i++) {
                    // A bias before batch normalisation has no effect: its gradient is rounding alone.
                    double scale = Math.max(Math.abs(wanted[i]), 0.1 * largest);
                    assertThat((double) gradient[i]).as("%s at %d", segment.name(), i)
                            .isCloseTo(wanted[i], within(1e-4 * scale));
                }
            }
            float[] statistics = next(golden, network.statistics().length);
            for (int i = 0; i < statistics.length; i++) {
                assertThat(network.statistics()[i]).as("running statistic %d", i).isCloseTo(statistics[i], within(1e-5f));
            }
            float[] evaluated = next(golden, windows.length * outputs);
            double[] predicted = network.predict(windows);
            int patient = outputs == 1 ? 0 : 1;
            for (int w = 0; w < windows.length; w++) {
                assertThat(predicted[w]).as("window %d", w).isCloseTo(evaluated[w * outputs + patient], within(1e-5));
                if (statistics.length == 0) {
                    assertThat(predicted[w]).isCloseTo(whileTraining[w * outputs + patient], within(1e-5));
                }
                assertThat(network.predict(new float[][] {windows[w]})[0]).as("window %d alone", w).isEqualTo(predicted[w]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void everyOptimizerFollowsPyTorchForFiftySteps(Variant variant) {
        List<Optimizer> optimizers = List.of(
                Adam.of(3e-3).withWeightDecay(0.02), AdamW.of(3e-3).withWeightDecay(0.02),
                RAdam.of(3e-3).withWeightDecay(0.02));
        for (int o = 0; o < optimizers.size(); o++) {
            FloatBuffer golden = variant.golden();
            try (Network network = variant.build(2)) {
                float[] weights = next(golden, network.parameterCount());
                float[][] windows = windows(golden, variant.lengths);
                TrainingWindows batch =
                        TrainingWindows.equally(windows, next(golden, windows.length), OutputLoss.PLAIN);
                golden.position(golden.limit() - 150 + 50 * o);
                Optimizer.Updates updates = optimizers.get(o).start(weights.length);
                float[] gradient = new float[weights.length];
                for (int step = 1; step <= 50; step++) {
                    network.weights(weights);
                    double loss = network.gradient(batch, NO_DROPOUT, gradient);
                    assertThat(loss).as("optimizer %d, step %d", o, step).isCloseTo(golden.get(), within(1e-3));
                    updates.apply(weights, gradient, step, 3e-3 * Noam.warmup(10).factor(step));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void theNumberOfThreadsDoesNotChangeABit(Variant variant) {
        float[] alone = null;
        for (int threads : new int[] {1, 2, 5}) {
            FloatBuffer golden = variant.golden();
            try (Network network = variant.build(threads)) {
                network.weights(next(golden, network.parameterCount()));
                float[][] windows = windows(golden, variant.lengths);
                float[] gradient = new float[network.parameterCount()];
                network.gradient(
                        TrainingWindows.equally(windows, next(golden, windows.length), OutputLoss.PLAIN), NO_DROPOUT,
                        gradient);
                alone = alone == null ? gradient : alone;
                assertThat(gradient).as("%d threads", threads).isEqualTo(alone);
            }
        }
    }
}
