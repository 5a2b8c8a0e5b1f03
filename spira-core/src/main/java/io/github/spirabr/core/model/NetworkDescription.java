package io.github.spirabr.core.model;

import io.github.spirabr.core.preprocessing.InputShape;
import java.util.Arrays;
import java.util.List;

/**
 * A trained network, independent of any framework. Its layers, one after the other, compute a window's probability from
 * its features, which form one channel.
 *
 * @param input the shape of a window
 * @param longerWindows whether windows with more frames are accepted, too
 * @param layers layers, in their order; the last one outputs one number, the probability
 */
public record NetworkDescription(InputShape input, boolean longerWindows, List<Layer> layers) {

    /** Copies the list. */
    public NetworkDescription {
        layers = List.copyOf(layers);
    }

    /**
     * The computation of one layer in prediction. Before {@link Flatten} a window is [channels × frames × features], and
     * each layer works over frames alone: features are never mixed. After it a window is a row of numbers. Dropout has
     * no effect in prediction, and so is not a layer.
     */
    public sealed interface Layer {

        /**
         * A convolution over frames. Its output for channel o and frame t is {@code bias[o] + sum over c and k of
         * weights[o][c][k] * in[c][t + k * dilation]}, for those t whose inputs are all inside the window.
         *
         * @param weights [channels out × channels in × kernel]
         * @param bias [channels out]
         * @param dilation distance of the kernel's inputs in frames, at least 1
         */
        record TimeConvolution(Weights weights, Weights bias, int dilation) implements Layer {}

        /**
         * A group normalisation: from each group of channels of a window its mean is subtracted, and the result is divided by the
         * root of (the group's biased variance plus epsilon); then each channel is multiplied by its gain, and its offset is
         * added.
         *
         * @param groups number of groups of consecutive channels
         * @param gain [channels]
         * @param offset [channels]
         */
        record GroupNormalization(int groups, Weights gain, Weights offset, double epsilon) implements Layer {}

        /**
         * A batch normalisation: from each channel a fixed mean is subtracted, and the result is divided by the root of (a fixed
         * variance plus epsilon); then it is multiplied by the gain, and the offset is added.
         *
         * @param mean [channels]
         * @param variance [channels]
         * @param gain [channels]
         * @param offset [channels]
         */
        record BatchNormalization(
                Weights mean, Weights variance, Weights gain, Weights offset, double epsilon)
                implements Layer {}

        /**
         * The activation {@code x * tanh(ln(1 + exp(x)))} (Misra, "Mish: A Self Regularized Non-Monotonic Activation Function",
         * 2019).
         */
        record Mish() implements Layer {}

        /**
         * The maximum over each block of consecutive frames; a remainder at the end is dropped.
         *
         * @param frames number of frames in a block, at least 1
         */
        record TimeMaxPooling(int frames) implements Layer {}

        /**
         * Means over segments whose length depends on the window's length: of T frames, output p of P is the mean of the
         * frames from floor(p T / P) up to, but not including, ceil((p + 1) T / P).
         *
         * @param frames number of output frames, P
         */
        record AdaptiveTimeAverage(int frames) implements Layer {}

        /**
         * The window as a row.
         *
         * @param timeMajor whether frames are outermost, then channels, then features; otherwise channels, then frames
         */
        record Flatten(boolean timeMajor) implements Layer {}

        /**
         * A fully connected layer: {@code weights * row + bias}.
         *
         * @param weights [outputs × inputs]
         * @param bias [outputs]
         */
        record Dense(Weights weights, Weights bias) implements Layer {}

        /** The logistic function {@code 1 / (1 + exp(-x))}. */
        record Sigmoid() implements Layer {}

        /**
         * One number of the row.
         *
         * @param index counted from 0
         */
        record Pick(int index) implements Layer {}
    }

    /** The weights of a layer, with their shape. Immutable. */
    public static final class Weights {

        private final List<Integer> shape;
        private final float[] values;

        private Weights(List<Integer> shape, float[] values) {
            this.shape = shape;
            this.values = values;
        }

        /**
         * Returns an array of these values, which are copied.
         *
         * @param shape its sizes, the slowest first, each at least 1
         * @param values values, as many as the product of the sizes
         */
        public static Weights of(List<Integer> shape, float[] values) {
            long length = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
            if (length != values.length || shape.stream().anyMatch(size -> size < 1)) {
                throw new IllegalArgumentException("an array of shape " + shape + " must have sizes of at least 1 and as many"
                        + " values as their product, but had " + values.length + " values");
            }
            return new Weights(List.copyOf(shape), values.clone());
        }

        /** Returns the sizes, the slowest first. */
        public List<Integer> shape() {
            return shape;
        }

        /** Returns a copy of all values. */
        public float[] values() {
            return values.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Weights that && shape.equals(that.shape) && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return 31 * shape.hashCode() + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Weights" + shape;
        }
    }
}
