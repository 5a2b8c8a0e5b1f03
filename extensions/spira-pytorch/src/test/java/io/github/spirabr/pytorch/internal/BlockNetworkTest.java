package io.github.spirabr.pytorch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.pytorch.internal.Layer.Initial;
import io.github.spirabr.training.engine.Differences;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.engine.TrainingWindows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class BlockNetworkTest {

    private static final InputShape SHAPE = new InputShape(40, 64);

    private static BlockNetwork mobileNet(long seed) {
        BlockNetwork network = PytorchNetworks.MOBILENET_V1.build(SHAPE, "cpu", new SplittableRandom(seed));
        // Threads of PyTorch wait for each other without sleeping, which takes long on a busy machine.
        network.threads(1);
        return network;
    }

    private static Block dense() {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(5).build())
                .add(Activation::tanh)
                .add(Linear.builder().setUnits(1).build());
    }

    /** Returns a network whose steps are short, with 80 kB or more in each activation of a batch and 1 MB of weights. */
    private static BlockNetwork small() {
        Layer layers = Layers.sequence(
                Layers.featureNormalisation("bn0", SHAPE.features()),
                Layers.convolution("conv", 1, 4, 3, 1), Layers.normalisation("bn1", 4), Layers.relu(),
                Layers.averagePooling(2), Layers.dropout("conv", 0.2),
                Layers.of(x -> x.reshape(x.getShape().get(0), -1)),
                Layers.dense("fc1", SHAPE.frames() * SHAPE.features(), 100, Initial.GLOROT, Initial.ZEROS), Layers.relu(),
                Layers.dense("fc2", 100, 1, Initial.GLOROT, Initial.ZEROS));
        BlockNetwork network = BlockNetwork.of(layers, AcceptedWindows.of(SHAPE), "cpu", new SplittableRandom(1));
        network.threads(1);
        return network;
    }

    private static TrainingWindows batch(int count) {
        float[] targets = new float[count];
        for (int w = 0; w < count; w++) {
            targets[w] = w % 2;
        }
        return TrainingWindows.equally(Formula.windows(count, SHAPE.frames()), targets, OutputLoss.PLAIN);
    }

    @Test
    void gradientsAreDifferencesOfTheLoss() {
        try (BlockNetwork network = BlockNetwork.of(dense(), new InputShape(4, 3), "cpu", new SplittableRandom(3))) {
            Differences.requireGradient(network, Differences.batch(new SplittableRandom(1), 12),
                    IntStream.range(0, network.parameterCount()));
        }
    }

    @Test
    void theLayoutNamesAllArraysWithoutGaps() {
        try (BlockNetwork network = BlockNetwork.of(dense(), new InputShape(4, 3), "cpu", new SplittableRandom(3))) {
            assertThat(network.layout()).extracting(Segment::name)
                    .containsExactly("02Linear.weight", "02Linear.bias", "04Linear.weight", "04Linear.bias");
            int at = 0;
            for (Segment segment : network.layout()) {
                assertThat(segment.offset()).isEqualTo(at);
                at += segment.length();
            }
            assertThat(network.parameterCount()).isEqualTo(at).isEqualTo(12 * 5 + 5 + 5 + 1);
        }
    }

    @Test
    void predictionsDependOnTheirWindowAlone() {
        try (BlockNetwork network = mobileNet(1)) {
            Formula.fill(network);
            float[][] windows = Formula.windows(4, SHAPE.frames());
            windows[3] = Formula.windows(1, 77)[0];
            double[] together = network.predict(windows);
            for (int w = windows.length - 1; w >= 0; w--) {
                assertThat(network.predict(new float[][] {windows[w]})).containsExactly(together[w]);
            }
        }
    }

    @Test
    void passesOfOneSeedHaveTheSameBitsAndDrawDropoutOfEachWindow() {
        TrainingWindows batch = batch(4);
        float[][] gradients = new float[3][];
        for (int n = 0; n < gradients.length; n++) {
            try (BlockNetwork network = mobileNet(1)) {
                gradients[n] = new float[network.parameterCount()];
                long seed = n == 2 ? 6 : 5;
                network.gradient(batch, (purpose, window) -> new SplittableRandom(purpose.hashCode() + window + seed), gradients[n]);
            }
        }
        assertThat(gradients[1]).isEqualTo(gradients[0]);
        assertThat(gradients[2]).isNotEqualTo(gradients[0]);
    }

    @Test
    void weightsOfOneSeedAreTheSame() {
        try (BlockNetwork one = mobileNet(1); BlockNetwork again = mobileNet(1); BlockNetwork other = mobileNet(2)) {
            assertThat(again.weights()).isEqualTo(one.weights());
            assertThat(other.weights()).isNotEqualTo(one.weights());
            assertThat(one.parameterCount()).isEqualTo(4_796_303 - 527 * 1025 + 1025);
        }
    }

    @Test
    void stepsAndBuildsTakeNoFurtherMemory() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "needs /proc, which Linux has");
        TrainingWindows batch = batch(8);
        try (BlockNetwork network = small()) {
            float[] gradient = new float[network.parameterCount()];
            long first = 0;
            for (int step = 0; step < 200; step++) {
                network.gradient(batch, (purpose, window) -> new SplittableRandom(1), gradient);
                if (step == 20) {
                    first = resident();
                }
            }
            assertThat(resident() - first).as("growth over 180 steps, in MB").isLessThan(50);
        }
        long before = 0;
        for (int n = 0; n < 50; n++) {
            if (n == 10) {
                before = resident();
            }
            BlockNetwork.of(dense(), new InputShape(400, 256), "cpu", new SplittableRandom(1)).close();
        }
        assertThat(resident() - before).as("growth over 40 networks of 2 MB, in MB").isLessThan(50);
    }

    private static long resident() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
        String line = lines.stream().filter(one -> one.startsWith("VmRSS:")).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
    }

    @Test
    void aClosedNetworkIsNotRead() {
        BlockNetwork network = BlockNetwork.of(dense(), new InputShape(4, 3), "cpu", new SplittableRandom(1));
        network.close();
        network.close();
        assertThatThrownBy(network::weights).isInstanceOf(IllegalStateException.class).hasMessage("the network is closed");
        assertThatThrownBy(() -> network.predict(new float[1][12])).hasMessage("the network is closed");
    }

    /** Returns a block that notes the memory of networks that are built of it. */
    private static Block noting(List<NDManager> managers, UnaryOperator<NDList> function) {
        return new SequentialBlock()
                .add(new LambdaBlock(x -> {
                    managers.add(x.getManager().getParentManager());
                    return function.apply(x);
                }) {
                    @Override
                    public Shape[] getOutputShapes(Shape[] inputs) {
                        return inputs;
                    }
                })
                .add(dense());
    }

    @Test
    void aNetworkThatCannotBeBuiltIsClosed() {
        List<NDManager> managers = new ArrayList<>();
        InputShape input = new InputShape(4, 3);
        assertThatThrownBy(() -> BlockNetwork.of(noting(managers, x -> {
            throw new UnsupportedOperationException("not for windows");
        }), input, "cpu", new SplittableRandom(1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the network must take windows of 4 frames x 3 features as [windows, 1, frames, features] and give a"
                        + " logit for each, but did not: not for windows");
        assertThatThrownBy(() -> BlockNetwork.of(noting(managers, x -> {
            throw new StackOverflowError("too deep");
        }), input, "cpu", new SplittableRandom(1))).isInstanceOf(StackOverflowError.class);
        BlockNetwork filled = BlockNetwork.of(noting(managers, x -> x), input, "cpu", new SplittableRandom(1));
        assertThatThrownBy(() -> filled.filled(network -> network.weights(new float[2])))
                .hasMessage("weights of the network must be 71 numbers, but were 2; take those of the same network for the same"
                        + " input shape");
        assertThat(managers).hasSize(3).noneMatch(NDManager::isOpen);
    }

    @Test
    void aDamagedModelLeavesNoNetworkOpen() {
        List<NDManager> managers = new ArrayList<>();
        UntrainedModel untrained =
                PytorchNetworks.create(() -> noting(managers, x -> x), new InputShape(4, 3), "cpu", new RandomStreams(1));
        assertThat(untrained.parameterCount()).isEqualTo(71);
        assertThatThrownBy(() -> untrained.restore(Map.of())).isInstanceOf(TrainingException.class);
        assertThat(managers).isNotEmpty().noneMatch(NDManager::isOpen);
    }

    @Test
    void windowsThatAreTooShortAreRefused() {
        try (BlockNetwork network = BlockNetwork.of(dense(), new InputShape(4, 3), "cpu", new SplittableRandom(1));
                BlockNetwork panns = mobileNet(1)) {
            assertThatThrownBy(() -> network.require(new InputShape(5, 3))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a window must have 4 frames x 3 features, as in training, but had 5 frames x 3 features; prepare"
                            + " recordings as for the training of this network");
            panns.require(new InputShape(32, 64));
            assertThatThrownBy(() -> panns.require(new InputShape(31, 64))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("windows of PANNs must have 32 frames or more, but one had 31 frames x 64 features; use longer"
                            + " windows");
        }
    }

    @Test
    void aDeviceThatIsNotThereIsRefused() {
        assumeTrue(Pytorch.engine().getGpuCount() == 0, "needs a machine without CUDA");
        assertThatThrownBy(() -> BlockNetwork.of(dense(), new InputShape(4, 3), "cuda", new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("device must be auto or cpu where PyTorch finds no CUDA device, but was cuda; ");
    }
}
