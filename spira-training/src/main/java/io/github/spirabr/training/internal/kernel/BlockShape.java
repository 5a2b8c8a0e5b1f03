package io.github.spirabr.training.internal.kernel;

import org.jspecify.annotations.Nullable;

/** The sizes of a {@link TemporalConvolutionBlock}, and how its rows are cut into chunks. Immutable. */
final class BlockShape {

    /** Most floats per chunk: a few chunks fit a first-level cache, yet loops are long enough to amortise their start. */
    static final int CHUNK = 1024;

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
    /** Floats in each chunk of such a row; the last may have fewer. */
    final int convChunk;

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
        if (Math.max(largest, weights) > Integer.MAX_VALUE - 2L * CHUNK) {
            throw new IllegalArgumentException(
                    "the block must have fewer than 2^31 elements per array, got " + Math.max(largest, weights));
        }
        this.convLength = convTime * features;
        this.convChunk = chunkSize(convLength);
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

    static void requireRows(String name, float[][] rows, int count, int length) {
        if (rows.length != count) {
            throw new IllegalArgumentException(name + " must have " + count + " channels, got " + rows.length);
        }
        for (float[] row : rows) {
            if (row.length < length) {
                throw new IllegalArgumentException(
                        name + " must have rows of at least " + length + " floats, got " + row.length);
            }
        }
    }

    /** Floats per chunk, such that all chunks of a row are about equally long; a multiple of 16 up to CHUNK. */
    static int chunkSize(int length) {
        int count = (length + CHUNK - 1) / CHUNK;
        return ((length + count - 1) / count + 15) & ~15;
    }

    int convChunks() {
        return (convLength + convChunk - 1) / convChunk;
    }

    int convChunkLength(int chunk) {
        return Math.min(convChunk, convLength - chunk * convChunk);
    }
}
