package io.github.spirabr.training.internal.network;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.engine.WeightMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Builds SpiraConv: convolutions over time, dense layers with Mish, sigmoids.
 *
 * @param convolutions convolutions, in their order, at least one
 * @param batchNormalised whether each channel is normalised over all windows of a batch, instead of over its group
 * @param pooledFrames number of frames to which the convolutions' output is averaged; 0 for no averaging
 * @param dense outputs of each hidden dense layer
 * @param dropout after each convolution and after each hidden dense layer, in [0, 1)
 * @param outputs sigmoids: one, or one for each class
 */
public record SpiraConvNetwork(
        List<Convolution> convolutions,
        boolean batchNormalised,
        int pooledFrames,
        List<Integer> dense,
        double dropout,
        int outputs) {

    /** Copies the lists. */
    public SpiraConvNetwork {
        convolutions = List.copyOf(convolutions);
        dense = List.copyOf(dense);
    }

    /**
     * Counts the weights for an input. Nothing is allocated.
     *
     * @throws IllegalArgumentException if the input is too short, or the weights would not fit into memory
     */
    public long parameters(InputShape input) {
        ConvolutionChain chain = chain(input);
        try {
            long inputs = chain.outputs(input.frames());
            long count = chain.parameters();
            for (int units : dense) {
                count = Math.addExact(count, (inputs + 1) * units);
                inputs = units;
            }
            return WeightMemory.require(this, Math.addExact(count, (inputs + 1) * outputs));
        } catch (ArithmeticException e) {
            throw WeightMemory.tooMany(this, "more than " + Integer.MAX_VALUE, e);
        }
    }

    /**
     * Returns the bytes that the gradient of so many windows takes, beside the weights. Nothing is allocated.
     *
     * @param threads threads that windows are worked on by
     */
    public long workspaceBytes(InputShape input, int windows, int threads) {
        ConvolutionChain chain = chain(input);
        int most = batchNormalised ? windows : Math.min(windows, KernelNetwork.WINDOWS_AT_ONCE);
        return most * chain.trainingBytes(input.frames()) + Math.min(most, threads) * chain.threadBytes(input.frames());
    }

    private ConvolutionChain chain(InputShape input) {
        return new ConvolutionChain(convolutions, input.features(), batchNormalised, dropout, pooledFrames);
    }

    /**
     * A network with weights drawn as PyTorch does by default: each weight and bias of a layer is
     * uniform in ±1 / sqrt(fan-in); gains of normalisations are 1 and their offsets 0.
     *
     * @param threads threads that windows are worked on by
     * @throws IllegalArgumentException if the input is too short; the message names the convolution
     */
    public Network build(InputShape input, RandomGenerator random, int threads) {
        ConvolutionChain chain = chain(input);
        int flat = chain.outputs(input.frames());
        List<Segment> layout = layout(chain, flat);
        Workers workers = new Workers(threads);
        DenseLayers layers = new DenseLayers(flat, dense, outputs, chain.parameters(), dropout, workers);
        Network built = new KernelNetwork(chain, layers, workers, input, outputs, layout);
        built.weights(draw(built, random));
        return built;
    }

    private List<Segment> layout(ConvolutionChain chain, int flat) {
        List<Segment> segments = new ArrayList<>(chain.layout());
        addDense(segments, chain.parameters(), flat, dense, outputs);
        return segments;
    }

    /** Adds the arrays of dense layers to a layout. */
    static void addDense(List<Segment> segments, int first, int flat, List<Integer> dense, int outputs) {
        int offset = first;
        int inputs = flat;
        for (int d = 0; d < dense.size(); d++) {
            offset = add(segments, "dense" + (d + 1), offset, inputs, dense.get(d));
            inputs = dense.get(d);
        }
        add(segments, "output", offset, inputs, outputs);
    }

    /** Weights of shape [outputs, inputs] and as many biases as outputs. */
    private static int add(List<Segment> segments, String layer, int offset, int inputs, int outputs) {
        int biases = Segment.add(segments, layer + ".weight", offset, List.of(outputs, inputs));
        return Segment.add(segments, layer + ".bias", biases, List.of(outputs));
    }

    static float[] draw(Network network, RandomGenerator random) {
        float[] weights = new float[network.parameterCount()];
        double bound = 0;
        for (Segment segment : network.layout()) {
            int end = segment.offset() + segment.length();
            boolean normalisation = segment.name().startsWith("norm");
            if (segment.shape().size() > 1) {
                bound = 1 / Math.sqrt((double) segment.length() / segment.shape().get(0));
            }
            for (int i = segment.offset(); i < end; i++) {
                if (!normalisation) {
                    weights[i] = (float) ((2 * random.nextDouble() - 1) * bound);
                } else if (segment.name().endsWith(".weight")) {
                    weights[i] = 1f;
                }
            }
        }
        return weights;
    }
}
