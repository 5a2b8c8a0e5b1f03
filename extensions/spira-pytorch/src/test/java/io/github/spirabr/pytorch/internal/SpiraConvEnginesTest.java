package io.github.spirabr.pytorch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.pytorch.ComputeDevice;
import io.github.spirabr.pytorch.PytorchEngine;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.SmallData;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.NetworkEngine;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.engine.TrainingWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SpiraConv on its kernels and on PyTorch. */
@Tag("slow")
class SpiraConvEnginesTest {

    static Stream<ModelFactory> networks() {
        return Stream.of(SpiraConv.v1(), SpiraConv.v2(),
                SpiraConv.v4().kernels(2, 3, 2, 5).dilation(1).dense(24, 12).outputs(3).build(),
                SpiraConv.v4().averagePooling(5).dense(20).build());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void bothEnginesComputeTheSame(ModelFactory factory) {
        List<String> compared = new ArrayList<>();
        onBoth(factory, (kernels, pytorch) -> {
            float[][] windows = windows();
            double[] probabilities = kernels.predict(windows);
            assertThat(pytorch.predict(windows)).containsExactly(probabilities, within(1e-5));
            assertThat(pytorch.layout()).isEqualTo(kernels.layout());
            TrainingWindows batch = new TrainingWindows(windows, new float[] {0, 1, 0.25f, 1},
                    new float[] {0.25f, 0.25f, 0.25f, 0.25f}, OutputLoss.PLAIN);
            float[] expected = new float[kernels.parameterCount()];
            float[] gradient = new float[expected.length];
            double loss = kernels.gradient(batch, (purpose, window) -> stream(purpose, window), expected);
            assertThat(pytorch.gradient(batch, (purpose, window) -> stream(purpose, window), gradient))
                    .isCloseTo(loss, within(1e-5));
            assertThat(distance(gradient, expected)).isLessThan(1e-4 * distance(new float[expected.length], expected));
            assertThat(distance(pytorch.statistics(), kernels.statistics())).isLessThan(1e-4);
            compared.add("gradients");
        });
        assertThat(compared).hasSize(1);
    }

    private static SplittableRandom stream(String purpose, int window) {
        return new SplittableRandom(31L * purpose.hashCode() + window);
    }

    private static float[][] windows() {
        SplittableRandom random = new SplittableRandom(1);
        float[][] windows = new float[4][SmallData.SHAPE.frames() * SmallData.SHAPE.features()];
        for (float[] window : windows) {
            for (int i = 0; i < window.length; i++) {
                window[i] = (float) (2 * random.nextDouble() - 1);
            }
        }
        return windows;
    }

    private static double distance(float[] one, float[] other) {
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            squares += (double) (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(squares);
    }

    /** Shows a network and the same one on PyTorch, as a trainer moves it. */
    private static void onBoth(ModelFactory factory, BiConsumer<Network, Network> comparison) {
        NetworkEngine comparing = new NetworkEngine() {
            @Override
            public String type() {
                return "comparing";
            }

            @Override
            public Map<String, Object> settings() {
                return Map.of();
            }

            @Override
            public Network compute(Network network) {
                try (Network moved = PytorchNetworks.compute(network, "cpu")) {
                    comparison.accept(network, moved);
                }
                return network;
            }
        };
        train(factory, Trainer.builder().engine(comparing).epochs(1).build(), 2, new ArrayList<>());
    }

    private static Map<String, byte[]> train(ModelFactory factory, Trainer trainer, int recordings, List<Double> losses) {
        RandomStreams random = new RandomStreams(7);
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onTraining(TrainingEvent event) {
                if (event instanceof TrainingEvent.StepCompleted step) {
                    losses.add(step.loss());
                }
            }
        };
        try (TrainedModel model = trainer.train(factory.create(SmallData.SHAPE, random), new SmallData(recordings, 1),
                new SmallData(4, 2), TrainingContext.of(random, listener).withParallelism(Parallelism.of(1))).model()) {
            return model.state();
        }
    }

    @Test
    void fiftyStepsHaveTheSameLosses() {
        Trainer kernels = Trainer.builder().optimizer(Adam.of(1e-3)).epochs(5).batchSize(4).build();
        Trainer pytorch = kernels.toBuilder().engine(PytorchEngine.on(ComputeDevice.CPU)).build();
        List<Double> expected = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        Map<String, byte[]> state = train(SpiraConv.v2(), kernels, 40, expected);
        Map<String, byte[]> moved = train(SpiraConv.v2(), pytorch, 40, losses);
        assertThat(losses).hasSize(50);
        for (int step = 0; step < losses.size(); step++) {
            assertThat(losses.get(step)).as("step %d", step + 1).isCloseTo(expected.get(step), within(1e-3));
        }
        assertThat(moved.keySet()).isEqualTo(state.keySet());
        // What PyTorch trained is SpiraConv on its kernels again.
        InputShape shape = SmallData.SHAPE;
        try (TrainedModel restored = SpiraConv.v2().create(shape, new RandomStreams(9)).restore(moved)) {
            assertThat(restored.state()).containsExactlyInAnyOrderEntriesOf(moved);
        }
        assertThat(pytorch.description().type()).isEqualTo("pytorch");
        assertThat(pytorch.description().settings()).containsEntry("device", "cpu");
    }
}
