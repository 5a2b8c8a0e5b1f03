package io.github.spirabr.model.internal.network;

import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.core.model.NetworkLayer;
import io.github.spirabr.core.model.WeightArray;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.model.internal.kernel.TemporalConvolutionBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tells what a {@link KernelNetwork} computes. */
final class KernelDescription {

    private final ConvolutionChain chain;
    private final List<Segment> layout;
    private final float[] weights;
    private final float[] statistics;

    /**
     * Creates an instance.
     *
     * @param statistics of each convolution the running means and then the running variances; empty if there are none
     */
    KernelDescription(ConvolutionChain chain, List<Segment> layout, float[] weights, float[] statistics) {
        this.chain = chain;
        this.layout = layout;
        this.weights = weights;
        this.statistics = statistics;
    }

    NetworkDescription of(InputShape input, int outputs) {
        List<NetworkLayer> layers = new ArrayList<>();
        int running = 0;
        for (int c = 0; c < chain.convolutions().size(); c++) {
            Convolution convolution = chain.convolutions().get(c);
            String number = Integer.toString(c + 1);
            layers.add(new NetworkLayer.TimeConvolution(
                    array("conv" + number + ".weight"), array("conv" + number + ".bias"), convolution.dilation()));
            layers.add(normalization(number, convolution, running));
            running += 2 * convolution.channels();
            layers.add(new NetworkLayer.Mish());
            if (convolution.pooling()) {
                layers.add(new NetworkLayer.TimeMaxPooling(2));
            }
        }
        if (chain.pooledFrames() > 0) {
            layers.add(new NetworkLayer.AdaptiveTimeAverage(chain.pooledFrames()));
        }
        layers.add(new NetworkLayer.Flatten(chain.pooledFrames() == 0));
        for (int d = 1; has("dense" + d + ".weight"); d++) {
            layers.add(new NetworkLayer.Dense(array("dense" + d + ".weight"), array("dense" + d + ".bias")));
            layers.add(new NetworkLayer.Mish());
        }
        layers.add(new NetworkLayer.Dense(array("output.weight"), array("output.bias")));
        layers.add(new NetworkLayer.Sigmoid());
        layers.add(new NetworkLayer.Pick(outputs == 1 ? 0 : 1));
        return new NetworkDescription(input, chain.takesAnyLength(), layers);
    }

    private NetworkLayer normalization(String number, Convolution convolution, int running) {
        WeightArray gain = array("norm" + number + ".weight");
        WeightArray offset = array("norm" + number + ".bias");
        double epsilon = TemporalConvolutionBlock.EPSILON;
        if (!chain.batchNormalised()) {
            return new NetworkLayer.GroupNormalization(convolution.groups(), gain, offset, epsilon);
        }
        int channels = convolution.channels();
        return new NetworkLayer.BatchNormalization(
                statistic(running, channels), statistic(running + channels, channels), gain, offset, epsilon);
    }

    private WeightArray statistic(int from, int channels) {
        return WeightArray.of(List.of(channels), Arrays.copyOfRange(statistics, from, from + channels));
    }

    private boolean has(String name) {
        return layout.stream().anyMatch(segment -> segment.name().equals(name));
    }

    private WeightArray array(String name) {
        Segment segment = layout.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        return WeightArray.of(segment.shape(),
                Arrays.copyOfRange(weights, segment.offset(), segment.offset() + segment.length()));
    }
}
