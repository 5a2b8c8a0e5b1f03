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

    /** One limit for all: CNN14, ResNet38 and MobileNetV1 halve the frames five times, CNN6 and CNN10 four times. */
    private static final int LEAST_FRAMES = 32;

    private final Layer layer;

    PytorchNetworks(Layer layer) {
        this.layer = layer;
    }

    /**
     * Creates a network for windows of any number of frames from 32 on.
     *
     * @param device {@code auto}, {@code cpu} or {@code cuda}
     * @throws IllegalArgumentException if windows of the input's shape are none that it takes
     */
    public UntrainedModel create(InputShape input, String device, RandomStreams random) {
        requireWindow(input);
        return new UntrainedNetwork(input, NamedBlock.count(layer), true,
                () -> build(input, device, random.stream("weights")));
    }

    private static void requireWindow(InputShape window) {
        if (window.features() != PannsLayers.BANDS) {
            throw new IllegalArgumentException("windows of PANNs must have " + PannsLayers.BANDS + " features, but one had "
                    + window + "; set melBands of the mel spectrogram to " + PannsLayers.BANDS);
        }
        if (window.frames() < LEAST_FRAMES) {
            throw new IllegalArgumentException("windows of PANNs must have " + LEAST_FRAMES + " frames or more, but one had "
                    + window + "; use longer windows");
        }
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
        AcceptedWindows windows = new AcceptedWindows(description.input(), description.longerWindows(), network::require);
        return BlockNetwork.of(layers, windows, device, new SplittableRandom(0)).filled(moved -> {
            moved.weights(network.weights());
            moved.statistics(network.statistics());
        });
    }

    BlockNetwork build(InputShape input, String device, RandomGenerator random) {
        return BlockNetwork.of(layer, new AcceptedWindows(input, true, PytorchNetworks::requireWindow), device, random);
    }

    /**
     * Creates a network of a block.
     *
     * @param device {@code auto}, {@code cpu} or {@code cuda}
     */
    public static UntrainedModel create(Supplier<Block> block, InputShape input, String device, RandomStreams random) {
        Supplier<BlockNetwork> builder = () -> BlockNetwork.of(block.get(), input, device, random.stream("weights"));
        // The number of a block's weights is known once it is built.
        try (BlockNetwork probe = builder.get()) {
            return new UntrainedNetwork(input, probe.parameterCount(), probe.takesLongerWindows(), builder::get);
        }
    }
}
