package io.github.spirabr.pytorch.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.function.UnaryOperator;

/** The layers that networks of named arrays are made of. Tensors are [windows × channels × frames × features]. */
final class Layers {

    private static final Shape ONE = new Shape(1, 1);
    private static final Shape NONE = new Shape(0, 0);
    /** PyTorch's momentum of 0.1, as DJL counts it. */
    private static final float KEPT = 0.9f;
    private static final float EPSILON = 1e-5f;

    private Layers() {}

    /** Returns layers that compute one after the other. */
    static Layer sequence(Layer... layers) {
        return sequence(List.of(layers));
    }

    static Layer sequence(List<Layer> layers) {
        return new Layer() {
            @Override
            public void declare(Arrays arrays) {
                layers.forEach(layer -> layer.declare(arrays));
            }

            @Override
            public NDArray forward(Pass pass, NDArray x) {
                NDArray y = x;
                for (Layer layer : layers) {
                    y = layer.forward(pass, y);
                }
                return y;
            }
        };
    }

    /** Returns a layer without arrays. */
    static Layer of(UnaryOperator<NDArray> function) {
        return new Layer() {
            @Override
            public void declare(Arrays arrays) {
                // It has none.
            }

            @Override
            public NDArray forward(Pass pass, NDArray x) {
                return function.apply(x);
            }
        };
    }

    /** Returns a square convolution with an odd kernel, without bias, whose output is as large as its input. */
    static Layer convolution(String name, int in, int out, int kernel, int groups) {
        return new Layer() {
            @Override
            public void declare(Arrays arrays) {
                arrays.trained(name + ".weight", Initial.GLOROT, out, in / groups, kernel, kernel);
            }

            @Override
            public NDArray forward(Pass pass, NDArray x) {
                Shape padding = new Shape(kernel / 2, kernel / 2);
                return Conv2d.conv2d(x, pass.array(name + ".weight"), null, ONE, padding, ONE, groups).singletonOrThrow();
            }
        };
    }

    /**
     * Returns a batch normalisation of channels, as {@code torch.nn.BatchNorm2d} does it.
     *
     * @param gain initial factor of all channels
     */
    static Layer normalisation(String name, int channels, Layer.Initial gain) {
        return new Layer() {
            @Override
            public void declare(Arrays arrays) {
                arrays.trained(name + ".weight", gain, channels);
                arrays.trained(name + ".bias", Initial.ZEROS, channels);
                arrays.running(name + ".running_mean", Initial.ZEROS, channels);
                arrays.running(name + ".running_var", Initial.ONES, channels);
            }

            @Override
            public NDArray forward(Pass pass, NDArray x) {
                return BatchNorm.batchNorm(x, pass.array(name + ".running_mean"), pass.array(name + ".running_var"),
                        pass.array(name + ".weight"), pass.array(name + ".bias"), -1, KEPT, EPSILON, pass.isTraining())
                        .singletonOrThrow();
            }
        };
    }

    static Layer normalisation(String name, int channels) {
        return normalisation(name, channels, Layer.Initial.ONES);
    }

    /** Returns a normalisation of features in place of channels. */
    static Layer featureNormalisation(String name, int features) {
        return sequence(of(x -> x.swapAxes(1, 3)), normalisation(name, features), of(x -> x.swapAxes(1, 3)));
    }

    static Layer relu() {
        return of(Activation::relu);
    }

    /** Averages squares of frames and features; a remainder is dropped. */
    static Layer averagePooling(int size) {
        Shape kernel = new Shape(size, size);
        return size == 1 ? of(x -> x) : of(x -> Pool.avgPool2d(x, kernel, kernel, NONE, false, true));
    }

    static Layer dropout(String purpose, double probability) {
        return new Layer() {
            @Override
            public void declare(Arrays arrays) {
                // It has none.
            }

            @Override
            public NDArray forward(Pass pass, NDArray x) {
                return pass.dropout("dropout of " + purpose, x, probability);
            }
        };
    }

    /** Returns a fully connected layer. */
    static Layer dense(String name, int in, int out, Layer.Initial weight, Layer.Initial bias) {
        return new Layer() {
            @Override
            public void declare(Arrays arrays) {
                arrays.trained(name + ".weight", weight, out, in);
                arrays.trained(name + ".bias", bias, out);
            }

            @Override
            public NDArray forward(Pass pass, NDArray x) {
                return Linear.linear(x, pass.array(name + ".weight"), pass.array(name + ".bias")).singletonOrThrow();
            }
        };
    }

    /** Returns the sum of two ways, rectified. */
    static Layer residual(Layer way, Layer shortcut) {
        return new Layer() {
            @Override
            public void declare(Arrays arrays) {
                way.declare(arrays);
                shortcut.declare(arrays);
            }

            @Override
            public NDArray forward(Pass pass, NDArray x) {
                return Activation.relu(way.forward(pass, x).add(shortcut.forward(pass, x)));
            }
        };
    }
}
