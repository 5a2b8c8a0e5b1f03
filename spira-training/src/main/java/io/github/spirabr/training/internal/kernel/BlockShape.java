package io.github.spirabr.training.internal.kernel;

import org.jspecify.annotations.Nullable;

/** The sizes of a {@link TemporalConvolutionBlock}. Immutable. */
final class BlockShape {

    /** Floats of the convolution's result that a second-level cache keeps until they are normalised. */
    private static final int CACHED = 128 * 1024;

    final int inChannels;
    final int outChannels;
    final int kernel;
    final int dilation;
    final int groups;
    final boolean pooling;
    final int inTime;
    final int features;
    final int convTime;
    final int outTime;
    /** Floats in one row of the convolution's result. */
    final int convLength;
    /** Floats between the taps of two successive positions of the kernel. */
    final int step;
    /** Zeros before each row of the convolution's gradient, and after the last one. */
    final int margin;

    /**
     * Creates an instance.
     *
     * @throws IllegalArgumentException if a size is not positive, groups do not divide outChannels, the dilated kernel
     *     is longer than the input, or pooling would leave nothing
     */
    BlockShape(
            int inChannels,
            int outChannels,
            int kernel,
            int dilation,
            int groups,
            boolean pooling,
            int inTime,
            int features) {
        this.inChannels = positive("inChannels", inChannels);
        this.outChannels = positive("outChannels", outChannels);
        this.kernel = positive("kernel", kernel);
        this.dilation = positive("dilation", dilation);
        this.groups = positive("groups", groups);
        this.pooling = pooling;
        this.inTime = positive("inTime", inTime);
        this.features = positive("features", features);
        if (outChannels % groups != 0) {
            throw new IllegalArgumentException(
                    "groups must divide outChannels, got " + groups + " groups for " + outChannels + " channels");
        }
        long span = (kernel - 1L) * dilation + 1;
        if (span > inTime) {
            throw new IllegalArgumentException(
                    "the kernel must fit the input: kernel " + kernel + " with dilation " + dilation + " spans " + span
                            + " time steps, got inTime " + inTime);
        }
        this.convTime = (int) (inTime - span + 1);
        if (pooling && convTime < 2) {
            throw new IllegalArgumentException(
                    "pooling needs at least 2 time steps after the convolution, got " + convTime + " (inTime " + inTime + ")");
        }
        this.outTime = pooling ? convTime / 2 : convTime;
        // One bound for every flat index used below.
        long largest =
                Math.max((long) inTime * features, (long) outChannels * Math.max(outTime * (long) features, 1));
        long weights = (long) outChannels * inChannels * kernel + 3L * outChannels;
        if (Math.max(largest, weights) > Integer.MAX_VALUE - 2L * LaneShape.MOST) {
            throw new IllegalArgumentException(
                    "the block must have fewer than 2^31 elements per array, got " + Math.max(largest, weights));
        }
        this.convLength = convTime * features;
        this.step = dilation * features;
        this.margin = (kernel - 1) * step;
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be positive, got " + value);
        }
        return value;
    }

    int inRowLength() {
        return inTime * features;
    }

    int outRowLength() {
        return outTime * features;
    }

    int maskLength() {
        return outChannels * outTime * features;
    }

    int perGroup() {
        return outChannels / groups;
    }

    /** Returns the number of weights; bias, gamma and beta of each output channel follow them. */
    int weights() {
        return outChannels * inChannels * kernel;
    }

    int parameterCount() {
        return weights() + 3 * outChannels;
    }

    void requireParams(float[] params, int paramOffset) {
        if (paramOffset < 0 || params.length - paramOffset < parameterCount()) {
            throw new IllegalArgumentException(
                    "params must hold " + parameterCount() + " floats from offset " + paramOffset + ", got length "
                            + params.length);
        }
    }

    void requireMask(float @Nullable [] mask) {
        if (mask != null && mask.length != maskLength()) {
            throw new IllegalArgumentException("mask must have " + maskLength() + " floats, got " + mask.length);
        }
    }

    void requireGradient(float[] gradParams) {
        if (gradParams.length < parameterCount()) {
            throw new IllegalArgumentException(
                    "gradParams must have at least " + parameterCount() + " floats, got " + gradParams.length);
        }
    }

    static void requireLength(String name, float[] values, int length) {
        if (values.length < length) {
            throw new IllegalArgumentException(name + " must have at least " + length + " floats, got " + values.length);
        }
    }

    /** Returns the floats of all rows of the convolution's gradient, with their margins. */
    int gradientLength() {
        return Math.addExact(Math.multiplyExact(outChannels, margin + convLength), margin);
    }

    /** Returns where a row of the convolution's gradient starts. */
    int gradientRow(int channel) {
        return margin + channel * (margin + convLength);
    }

    /** Returns how many channels are convolved and normalised at a time: whole groups. */
    int channelsAtOnce() {
        int channels = Math.max(Kernels.OUTPUTS, CACHED / convLength);
        return Math.max(perGroup(), channels / perGroup() * perGroup());
    }
}
