package io.github.spirabr.training.internal.network;

import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.internal.kernel.TemporalConvolutionBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A description of what a {@link KernelNetwork} computes. */
final class KernelDescription {

    private final ConvolutionChain chain;
    private final List<Segment> layout;
    private final float[] weights;
    private final float[] statistics;

    /**
     * Creates an instance.
     *
     * @param statistics statistics of each convolution the running means and then the running variances; empty if there are none
     */
    KernelDescription(ConvolutionChain chain, List<Segment> layout, float[] weights, float[] statistics) {
        this.chain = chain;
        this.layout = layout;
        this.weights = weights;
        this.statistics = statistics;
    }

    NetworkDescription of(InputShape input, int outputs) {
        List<NetworkDescription.Layer> layers = new ArrayList<>();
        int running = 0;
        for (int c = 0; c < chain.convolutions().size(); c++) {
            Convolution convolution = chain.convolutions().get(c);
            String number = Integer.toString(c + 1);
            layers.add(new NetworkDescription.Layer.TimeConvolution(
                    array("conv" + number + ".weight"), array("conv" + number + ".bias"), convolution.dilation()));
            layers.add(normalization(number, convolution, running));
            running += 2 * convolution.channels();
            layers.add(new NetworkDescription.Layer.Mish());
            if (convolution.pooling()) {
                layers.add(new NetworkDescription.Layer.TimeMaxPooling(2));
            }
        }
        if (chain.pooledFrames() > 0) {
            layers.add(new NetworkDescription.Layer.AdaptiveTimeAverage(chain.pooledFrames()));
        }
        layers.add(new NetworkDescription.Layer.Flatten(chain.pooledFrames() == 0));
        for (int d = 1; has("dense" + d + ".weight"); d++) {
            layers.add(new NetworkDescription.Layer.Dense(array("dense" + d + ".weight"), array("dense" + d + ".bias")));
            layers.add(new NetworkDescription.Layer.Mish());
        }
        layers.add(new NetworkDescription.Layer.Dense(array("output.weight"), array("output.bias")));
        layers.add(new NetworkDescription.Layer.Sigmoid());
        layers.add(new NetworkDescription.Layer.Pick(outputs == 1 ? 0 : 1));
        return new NetworkDescription(input, chain.takesAnyLength(), layers);
    }

    private NetworkDescription.Layer normalization(String number, Convolution convolution, int running) {
        NetworkDescription.Weights gain = array("norm" + number + ".weight");
        NetworkDescription.Weights offset = array("norm" + number + ".bias");
        double epsilon = TemporalConvolutionBlock.EPSILON;
        if (!chain.batchNormalised()) {
            return new NetworkDescription.Layer.GroupNormalization(convolution.groups(), gain, offset, epsilon);
        }
        int channels = convolution.channels();
        return new NetworkDescription.Layer.BatchNormalization(
                statistic(running, channels), statistic(running + channels, channels), gain, offset, epsilon);
    }

    private NetworkDescription.Weights statistic(int from, int channels) {
        return NetworkDescription.Weights.of(List.of(channels), Arrays.copyOfRange(statistics, from, from + channels));
    }

    private boolean has(String name) {
        return layout.stream().anyMatch(segment -> segment.name().equals(name));
    }

    private NetworkDescription.Weights array(String name) {
        Segment segment = layout.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        return NetworkDescription.Weights.of(segment.shape(),
                Arrays.copyOfRange(weights, segment.offset(), segment.offset() + segment.length()));
    }
}
