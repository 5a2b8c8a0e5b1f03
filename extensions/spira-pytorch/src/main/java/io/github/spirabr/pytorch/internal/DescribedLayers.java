package io.github.spirabr.pytorch.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.pytorch.internal.Layer.Initial;
import io.github.spirabr.training.engine.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a network that describes itself, with the names of its layout. Dropout is behind each activation and the
 * pooling that follows it.
 */
final class DescribedLayers {

    private static final Shape ONE = new Shape(1, 1);
    private static final Shape NONE = new Shape(0, 0);

    private final List<String> names;
    private final double dropout;
    private final List<Layer> layers = new ArrayList<>();
    private int dense;

    private DescribedLayers(List<Segment> layout, double dropout) {
        this.names = layout.stream().map(Segment::layer).distinct().toList();
        this.dropout = dropout;
    }

    static Layer of(NetworkDescription description, List<Segment> layout, double dropout) {
        DescribedLayers described = new DescribedLayers(layout, dropout);
        List<NetworkDescription.Layer> all = description.layers();
        int name = 0;
        for (int l = 0; l < all.size(); l++) {
            NetworkDescription.Layer layer = all.get(l);
            boolean named = described.add(layer, name < described.names.size() ? described.names.get(name) : "");
            name += named ? 1 : 0;
            boolean pooled = l + 1 < all.size() && all.get(l + 1) instanceof NetworkDescription.Layer.TimeMaxPooling;
            boolean ends = layer instanceof NetworkDescription.Layer.TimeMaxPooling
                    || layer instanceof NetworkDescription.Layer.Mish && !pooled;
            if (ends) {
                described.dropOut();
            }
        }
        return Layers.sequence(described.layers);
    }

    private void dropOut() {
        String purpose = dense == 0 ? "convolutions" : "dense layer" + (dense == 1 ? "" : " " + dense);
        layers.add(Layers.dropout(purpose, dropout));
    }

    /** Adds a layer, and returns true if it has arrays. */
    private boolean add(NetworkDescription.Layer layer, String name) {
        if (layer instanceof NetworkDescription.Layer.TimeConvolution one) {
            layers.add(convolution(name, one));
        } else if (layer instanceof NetworkDescription.Layer.GroupNormalization one) {
            layers.add(groups(name, one));
        } else if (layer instanceof NetworkDescription.Layer.BatchNormalization one) {
            layers.add(Layers.normalisation(name, one.gain().shape().get(0)));
        } else if (layer instanceof NetworkDescription.Layer.Dense one) {
            dense++;
            layers.add(Layers.dense(
                    name, one.weights().shape().get(1), one.weights().shape().get(0), Initial.ZEROS, Initial.ZEROS));
        } else {
            addPlain(layer);
            return false;
        }
        return true;
    }

    private void addPlain(NetworkDescription.Layer layer) {
        if (layer instanceof NetworkDescription.Layer.Mish) {
            // DJL's own takes the logarithm of base 2.
            layers.add(Layers.of(x -> x.mul(Activation.softPlus(x).tanh())));
        } else if (layer instanceof NetworkDescription.Layer.TimeMaxPooling one) {
            Shape kernel = new Shape(one.frames(), 1);
            layers.add(Layers.of(x -> Pool.maxPool2d(x, kernel, kernel, NONE, false)));
        } else if (layer instanceof NetworkDescription.Layer.AdaptiveTimeAverage one) {
            layers.add(Layers.of(x ->
                    JniUtils.adaptiveAvgPool((PtNDArray) x, new Shape(one.frames(), x.getShape().get(3)))));
        } else if (layer instanceof NetworkDescription.Layer.Flatten one) {
            layers.add(Layers.of(x -> {
                NDArray ordered = one.timeMajor() ? x.transpose(0, 2, 1, 3) : x;
                return ordered.reshape(x.getShape().get(0), -1);
            }));
        }
        // A sigmoid and the choice of an output are the engine's.
    }

    private static Layer convolution(String name, NetworkDescription.Layer.TimeConvolution described) {
        List<Integer> shape = described.weights().shape();
        int dilation = described.dilation();
        return new Layer() {
            @Override
            public void declare(Arrays arrays) {
                arrays.trained(name + ".weight", Initial.ZEROS, shape.get(0), shape.get(1), shape.get(2));
                arrays.trained(name + ".bias", Initial.ZEROS, shape.get(0));
            }

            @Override
            public NDArray forward(Pass pass, NDArray x) {
                NDArray weight = pass.array(
                        name + ".weight", x.getManager(), new Shape(shape.get(0), shape.get(1), shape.get(2), 1));
                return Conv2d.conv2d(x, weight, pass.array(name + ".bias"), ONE, NONE, new Shape(dilation, 1))
                        .singletonOrThrow();
            }
        };
    }

    private static Layer groups(String name, NetworkDescription.Layer.GroupNormalization described) {
        int channels = described.gain().shape().get(0);
        return new Layer() {
            @Override
            public void declare(Arrays arrays) {
                arrays.trained(name + ".weight", Initial.ONES, channels);
                arrays.trained(name + ".bias", Initial.ZEROS, channels);
            }

            @Override
            public NDArray forward(Pass pass, NDArray x) {
                Shape shape = x.getShape();
                int[] inGroup = {2};
                NDArray grouped = x.reshape(shape.get(0), described.groups(), -1);
                NDArray centred = grouped.sub(grouped.mean(inGroup, true));
                NDArray variance = centred.square().mean(inGroup, true);
                NDArray normal = centred.div(variance.add(described.epsilon()).sqrt()).reshape(shape);
                Shape ofChannels = new Shape(1, channels, 1, 1);
                return normal.mul(pass.array(name + ".weight", x.getManager(), ofChannels))
                        .add(pass.array(name + ".bias", x.getManager(), ofChannels));
            }
        };
    }
}
