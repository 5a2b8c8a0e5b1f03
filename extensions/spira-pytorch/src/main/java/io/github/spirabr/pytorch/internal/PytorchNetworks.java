package io.github.spirabr.pytorch.internal;

import ai.djl.nn.Block;
import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.training.UntrainedNetwork;
import io.github.spirabr.training.engine.Network;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Builds the networks of this module. */
public enum PytorchNetworks {
    CNN6(PannsLayers.cnn6()),
    CNN10(PannsLayers.cnn10()),
    CNN14(PannsLayers.cnn14()),
    RESNET38(PannsLayers.resNet38()),
    MOBILENET_V1(PannsLayers.mobileNetV1());

    /** Features of a window that PANNs take. */
    public static final int BANDS = PannsLayers.BANDS;
    /** Least frames of a window that all PANNs take. */
    public static final int LEAST_FRAMES = 32;

    private final Layer layer;

    PytorchNetworks(Layer layer) {
        this.layer = layer;
    }

    /**
     * Creates a network for windows of any number of frames.
     *
     * @param device {@code auto}, {@code cpu} or {@code cuda}
     */
    public UntrainedModel create(InputShape input, String device, RandomStreams random) {
        return new UntrainedNetwork(input, NamedBlock.count(layer), true,
                () -> build(input, device, random.stream("weights")));
    }

    /**
     * Returns a network on PyTorch that computes what another one computes.
     *
     * @param device {@code auto}, {@code cpu} or {@code cuda}
     * @throws IllegalArgumentException if the network does not describe itself
     */
    public static Network compute(Network network, String device) {
        if (network instanceof BlockNetwork) {
            return network;
        }
        NetworkDescription description = network.describe().orElseThrow(() -> new IllegalArgumentException("a network that is"
                + " trained on PyTorch must describe itself, as SpiraConv does, or be one of PANNs or a block of DJL, but was "
                + network.getClass().getName() + "; train it with training.type: dl4j"));
        Layer layers = DescribedLayers.of(description, network.layout(), network.dropout());
        BlockNetwork moved = BlockNetwork.of(
                layers, description.input(), description.longerWindows(), device, new SplittableRandom(0));
        moved.weights(network.weights());
        moved.statistics(network.statistics());
        return moved;
    }

    BlockNetwork build(InputShape input, String device, RandomGenerator random) {
        return BlockNetwork.of(layer, input, true, device, random);
    }

    /**
     * Creates a network of a block.
     *
     * @param device {@code auto}, {@code cpu} or {@code cuda}
     */
    public static UntrainedModel create(Supplier<Block> block, InputShape input, String device, RandomStreams random) {
        BlockNetwork network = BlockNetwork.of(block.get(), input, device, random.stream("weights"));
        return new UntrainedNetwork(input, network.parameterCount(), network.takesLongerWindows(), () -> network);
    }
}
