package io.github.spirabr.model.internal.network;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.model.internal.kernel.TemporalConvolutionBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.NoOp;

/** Builds SpiraConv: convolutions over time, a dense layer with Mish, one sigmoid. */
public final class SpiraConvNetwork {

    /**
     * One convolution over time with group normalisation and Mish.
     *
     * @param channels it gives
     * @param kernel in frames
     * @param dilation in frames
     * @param groups of the normalisation
     * @param pooling whether the maximum of each two frames is taken
     */
    public record Convolution(int channels, int kernel, int dilation, int groups, boolean pooling) {}

    private final List<Convolution> convolutions;
    private final int dense;
    private final double dropout;

    /**
     * @param dense outputs of the hidden dense layer
     * @param dropout after each convolution and after the dense layer, in [0, 1)
     */
    public SpiraConvNetwork(List<Convolution> convolutions, int dense, double dropout) {
        this.convolutions = List.copyOf(convolutions);
        this.dense = dense;
        this.dropout = dropout;
    }

    /**
     * A network with weights drawn as PyTorch does by default: each weight and bias of a layer is
     * uniform in ±1 / sqrt(fan-in); gains of normalisations are 1 and their offsets 0.
     *
     * @param threads that windows are worked on by
     * @throws IllegalArgumentException if the input is too short; the message names the convolution
     */
    public Network build(InputShape input, RandomGenerator random, int threads) {
        List<TemporalConvolutionBlock> blocks = blocks(input);
        int flat = blocks.get(blocks.size() - 1).maskLength();
        Workers workers = new Workers(threads);
        Pass pass = new Pass(workers);
        NativeThreads.useOne();
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .updater(new NoOp())
                .weightInit(WeightInit.ZERO)
                .list()
                .layer(new ConvolutionsSpec(pass, blocks, dropout))
                .layer(new DenseLayer.Builder().nIn(flat).nOut(dense).activation(new MishActivation()).build())
                .layer(new DropoutSpec(pass, dropout, "dropout of dense layer"))
                .layer(new OutputLayer.Builder(new BinaryCrossEntropy())
                        .nIn(dense).nOut(1).activation(Activation.SIGMOID).build())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        Network built = new Network(network, pass, workers, input.frames() * input.features());
        built.weights(draw(blocks, flat, random));
        return built;
    }

    private List<TemporalConvolutionBlock> blocks(InputShape input) {
        List<TemporalConvolutionBlock> blocks = new ArrayList<>();
        int channels = 1;
        int frames = input.frames();
        for (Convolution convolution : convolutions) {
            try {
                TemporalConvolutionBlock block = new TemporalConvolutionBlock(
                        channels,
                        convolution.channels(),
                        convolution.kernel(),
                        convolution.dilation(),
                        convolution.groups(),
                        convolution.pooling(),
                        frames,
                        input.features());
                blocks.add(block);
                channels = block.outChannels();
                frames = block.outTime();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("SpiraConv cannot take " + input + ": at convolution "
                        + (blocks.size() + 1) + " of " + convolutions.size() + ", " + e.getMessage()
                        + "; make the windows longer or the hop shorter", e);
            }
        }
        return blocks;
    }

    private float[] draw(List<TemporalConvolutionBlock> blocks, int flat, RandomGenerator random) {
        int count = blocks.stream().mapToInt(TemporalConvolutionBlock::parameterCount).sum()
                + (flat + 1) * dense
                + dense
                + 1;
        float[] weights = new float[count];
        int at = 0;
        for (int b = 0; b < blocks.size(); b++) {
            TemporalConvolutionBlock block = blocks.get(b);
            int fanIn = block.inChannels() * convolutions.get(b).kernel();
            int uniform = block.outChannels() * (fanIn + 1);
            at = uniform(weights, at, uniform, fanIn, random);
            for (int o = 0; o < block.outChannels(); o++) {
                weights[at++] = 1f;
            }
            at += block.outChannels();
        }
        at = uniform(weights, at, (flat + 1) * dense, flat, random);
        uniform(weights, at, dense + 1, dense, random);
        return weights;
    }

    private static int uniform(float[] weights, int from, int count, int fanIn, RandomGenerator random) {
        double bound = 1 / Math.sqrt(fanIn);
        for (int i = from; i < from + count; i++) {
            weights[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return from + count;
    }
}
