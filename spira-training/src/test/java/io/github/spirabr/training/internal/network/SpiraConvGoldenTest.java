package io.github.spirabr.training.internal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.AdamW;
import io.github.spirabr.training.Noam;
import io.github.spirabr.training.Optimizer;
import io.github.spirabr.training.RAdam;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.engine.TrainingWindows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against PyTorch; the numbers are made by make_spiraconv_v2_golden.py. */
@Tag("slow")
class SpiraConvGoldenTest {

    private static final int WINDOWS = 6;
    private static final InputShape SHAPE = new InputShape(64, 4);
    private static final List<Convolution> V2 = List.of(
            new Convolution(32, 7, 2, 16, true),
            new Convolution(16, 5, 2, 8, true),
            new Convolution(8, 3, 2, 4, true),
            new Convolution(4, 2, 1, 2, false));

    private Network network;
    private FloatBuffer golden;

    private static SpiraConvNetwork v2(double dropout) {
        return new SpiraConvNetwork(V2, false, 0, List.of(100), dropout, 1);
    }

    private static float[][] rows(float[] windows) {
        int width = SHAPE.frames() * SHAPE.features();
        float[][] rows = new float[windows.length / width][];
        for (int w = 0; w < rows.length; w++) {
            rows[w] = Arrays.copyOfRange(windows, w * width, (w + 1) * width);
        }
        return rows;
    }

    private static TrainingWindows batch(float[] windows, float[] labels) {
        return TrainingWindows.equally(rows(windows), labels, OutputLoss.PLAIN);
    }

    @BeforeEach
    void open() throws IOException {
        network = v2(0).build(SHAPE, new SplittableRandom(1), 2);
        try (InputStream in = SpiraConvGoldenTest.class.getResourceAsStream("spiraconv_v2_golden.f32")) {
            golden = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        }
    }

    @AfterEach
    void close() {
        network.close();
    }

    private float[] next(int count) {
        float[] values = new float[count];
        golden.get(values);
        return values;
    }

    @Test
    void learnsAsPyTorchDoes() {
        int size = network.parameterCount();
        float[] weights = next(size);
        float[] inputs = next(WINDOWS * SHAPE.frames() * SHAPE.features());
        float[] labels = next(WINDOWS);
        float[] probabilities = next(WINDOWS);
        float loss = next(1)[0];
        float[] wantedGradient = next(size);
        float[] wantedWeights = next(size);
        network.weights(weights);
        double[] predicted = network.predict(rows(inputs));
        for (int w = 0; w < WINDOWS; w++) {
            assertThat(predicted[w]).isCloseTo(probabilities[w], within(1e-6));
        }

        float[] gradient = new float[size];
        Optimizer.Updates updates = Adam.of(1e-2).withWeightDecay(0.01).start(size);
        Noam noam = Noam.warmup(3);
        for (int step = 1; step <= 5; step++) {
            double found = network.gradient(batch(inputs, labels), (purpose, window) -> new SplittableRandom(1), gradient);
            if (step == 1) {
                assertThat(found).isCloseTo(loss, within(1e-6));
                double largest = largest(wantedGradient);
                for (int i = 0; i < size; i++) {
                    assertThat((double) gradient[i]).as("gradient %d", i)
                            .isCloseTo(wantedGradient[i], within(1e-5 * largest));
                }
            }
            updates.apply(weights, gradient, step, 1e-2 * noam.factor(step));
            network.weights(weights);
        }
        // Adam's first steps have the size of the learning rate whatever the gradient's size, so that a gradient
        // near zero, known to 1e-7 only, decides them: most weights must agree closely, and none be far off.
        int close = 0;
        for (int i = 0; i < size; i++) {
            assertThat((double) weights[i]).as("weight %d", i).isCloseTo(wantedWeights[i], within(2e-2));
            close += Math.abs(weights[i] - wantedWeights[i]) < 1e-5 ? 1 : 0;
        }
        assertThat((double) close / size).isGreaterThan(0.99);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "adamw", "radam"})
    void everyOptimizerFollowsPyTorchForFiftySteps(String type) {
        int size = network.parameterCount();
        float[] weights = next(size);
        float[] inputs = next(WINDOWS * SHAPE.frames() * SHAPE.features());
        float[] labels = next(WINDOWS);
        golden.position(golden.limit() - 150 + 50 * List.of("adam", "adamw", "radam").indexOf(type));
        float[] losses = next(50);
        Optimizer optimizer = switch (type) {
            case "adam" -> Adam.of(3e-3).withWeightDecay(0.02);
            case "adamw" -> AdamW.of(3e-3).withWeightDecay(0.02);
            default -> RAdam.of(3e-3).withWeightDecay(0.02);
        };
        assertThat(optimizer.settings()).containsEntry("type", type);
        Optimizer.Updates updates = optimizer.start(size);
        Noam noam = Noam.warmup(10);
        float[] gradient = new float[size];
        for (int step = 1; step <= 50; step++) {
            network.weights(weights);
            double loss = network.gradient(batch(inputs, labels), (purpose, window) -> new SplittableRandom(1), gradient);
            assertThat(loss).as("step %d", step).isCloseTo(losses[step - 1], within(1e-3));
            updates.apply(weights, gradient, step, 3e-3 * noam.factor(step));
        }
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @Test
    void aWindowsProbabilityDoesNotDependOnItsCompany() {
        network.weights(next(network.parameterCount()));
        int width = SHAPE.frames() * SHAPE.features();
        float[] inputs = next(WINDOWS * width);
        double[] together = network.predict(rows(inputs));
        for (int w = 0; w < WINDOWS; w++) {
            double[] alone = network.predict(rows(Arrays.copyOfRange(inputs, w * width, (w + 1) * width)));
            assertThat(alone[0]).isEqualTo(together[w]);
        }
    }

    @Test
    void theNumberOfThreadsDoesNotChangeABit() {
        float[] weights = next(network.parameterCount());
        float[] inputs = next(WINDOWS * SHAPE.frames() * SHAPE.features());
        float[] labels = next(WINDOWS);
        float[] alone = gradient(1, weights, inputs, labels);
        assertThat(gradient(2, weights, inputs, labels)).isEqualTo(alone);
        assertThat(gradient(5, weights, inputs, labels)).isEqualTo(alone);
    }

    private static float[] gradient(int threads, float[] weights, float[] inputs, float[] labels) {
        try (Network withDropout = v2(0.3).build(SHAPE, new SplittableRandom(1), threads)) {
            withDropout.weights(weights);
            float[] gradient = new float[weights.length];
            withDropout.gradient(batch(inputs, labels),
                    (purpose, window) -> new SplittableRandom(31L * purpose.hashCode() + window), gradient);
            return gradient;
        }
    }

    @Test
    void anInputThatIsTooShortIsRefusedByTheLayerThatCannotTakeIt() {
        SpiraConvNetwork spiraConv = v2(0.7);
        assertThatThrownBy(() -> spiraConv.build(new InputShape(30, 4), new SplittableRandom(1), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30 frames x 4 features")
                .hasMessageContaining("convolution 2 of 4")
                .hasMessageContaining("make the windows longer");
    }
}
