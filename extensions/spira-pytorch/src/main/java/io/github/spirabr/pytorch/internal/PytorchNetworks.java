package io.github.spirabr.pytorch.internal;

import ai.djl.nn.Block;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.training.UntrainedNetwork;
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
