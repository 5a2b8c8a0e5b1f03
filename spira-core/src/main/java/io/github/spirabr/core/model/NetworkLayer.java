package io.github.spirabr.core.model;

/**
 * The computation of one layer in prediction. Before {@link Flatten} a window is [channels × frames × features], and
 * each layer works over frames alone: features are never mixed. After it a window is a row of numbers. Dropout does
 * nothing in prediction, and so is no layer.
 */
public sealed interface NetworkLayer {

    /**
     * Out of channel o, frame t: {@code bias[o] + sum over c and k of weights[o][c][k] * in[c][t + k * dilation]}, only where
     * all of it is inside the window.
     *
     * @param weights [channels out × channels in × kernel]
     * @param bias [channels out]
     * @param dilation in frames, at least 1
     */
    record TimeConvolution(WeightArray weights, WeightArray bias, int dilation) implements NetworkLayer {}

    /**
     * Each group of channels of a window less its mean, divided by the root of its biased variance plus epsilon; then times
     * the gain and plus the offset of each channel.
     *
     * @param groups into which the channels are divided, in their order
     * @param gain [channels]
     * @param offset [channels]
     */
    record GroupNormalization(int groups, WeightArray gain, WeightArray offset, double epsilon) implements NetworkLayer {}

    /**
     * Each channel less a fixed mean, divided by the root of a fixed variance plus epsilon; then times the gain and plus the
     * offset.
     *
     * @param mean [channels]
     * @param variance [channels]
     * @param gain [channels]
     * @param offset [channels]
     */
    record BatchNormalization(
            WeightArray mean, WeightArray variance, WeightArray gain, WeightArray offset, double epsilon)
            implements NetworkLayer {}

    /** {@code x * tanh(ln(1 + exp(x)))} (Misra, "Mish: A Self Regularized Non-Monotonic Activation Function", 2019). */
    record Mish() implements NetworkLayer {}

    /**
     * The maximum of each so many frames; what is left over at the end is dropped.
     *
     * @param frames at least 1
     */
    record TimeMaxPooling(int frames) implements NetworkLayer {}

    /**
     * Means over stretches of time that adapt to its length: of T frames, output p of P is the mean of the frames from
     * floor(p T / P) up to, but not including, ceil((p + 1) T / P).
     *
     * @param frames that come out, P
     */
    record AdaptiveTimeAverage(int frames) implements NetworkLayer {}

    /**
     * The window as a row.
     *
     * @param timeMajor whether frames are outermost, then channels, then features; otherwise channels, then frames
     */
    record Flatten(boolean timeMajor) implements NetworkLayer {}

    /**
     * A fully connected layer: {@code weights * row + bias}.
     *
     * @param weights [outputs × inputs]
     * @param bias [outputs]
     */
    record Dense(WeightArray weights, WeightArray bias) implements NetworkLayer {}

    /** {@code 1 / (1 + exp(-x))}. */
    record Sigmoid() implements NetworkLayer {}

    /**
     * One number of the row.
     *
     * @param index counted from 0
     */
    record Pick(int index) implements NetworkLayer {}
}
