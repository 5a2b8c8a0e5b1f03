package io.github.spirabr.training.internal.kernel;

import java.util.Arrays;

/**
 * The working memory of one thread for one block: the output and the arrays of the backward pass. The latter are
 * allocated at the first backward pass; nothing is allocated after that. Not thread-safe.
 */
public final class BlockWorkspace {

    /** With 12 floats more and the 16-byte header of an array a chunk is a multiple of 64 bytes. */
    private static final int CHUNK_ALLOCATED = BlockShape.CHUNK + 12;

    /** Result of the last forward pass, {@code [outChannels][outTime*features]}; overwritten by the next. */
    public final float[][] output;

    /** Sum of each channel of the last convolution. */
    public final double[] channelSum;

    /** Sum of gamma * gradient of each group, after {@link TemporalConvolutionBlock#gradientSums}. */
    public final double[] gainedGradient;

    /** Sum of gamma * gradient * normalised value of each group. */
    public final double[] gainedProduct;

    final BlockShape shape;
    boolean forwardDone;

    final float[][][] conv;
    final float[] mean;
    final double[] inverseDeviation;

    // Per channel and kept output element: its index, the position of the pooling winner, and there the result of
    // the convolution, the normalised value and its exponential.
    final int[] keptCount;
    final int[][] kept;
    final int[][] source;
    final float[][] value;
    final float[][] normal;
    final float[][] exp;

    final float[][] taps;
    final float[] acc;
    final float[][] fold = new float[3][BlockShape.CHUNK / 4 + 12];
    /** Index of the first candidate of each element of a pooled row, (2t, f) for (t, f); a table saves a division. */
    final int[] firstCandidate;

    final float[] row;
    final float[] activation;
    final float[] gathered;
    final float[] gatheredNormal;
    final float[] gatheredExp;

    float[][][] gradConv;
    float[][] keptGradient;
    double[] gradientSum;
    float[][] shifted;
    float[][] gradTaps;
    float[] products;
    float[][] gradInChunk;

    BlockWorkspace(BlockShape shape) {
        this.shape = shape;
        int channels = shape.outChannels;
        int out = shape.outRowLength();
        output = new float[channels][out];
        float[][][] chunked = chunked(channels, shape.convChunks(), TemporalConvolution.TAPS + 1);
        conv = Arrays.copyOf(chunked, channels);
        taps = chunked[channels];
        acc = taps[TemporalConvolution.TAPS];
        channelSum = new double[channels];
        gainedGradient = new double[shape.groups];
        gainedProduct = new double[shape.groups];
        mean = new float[shape.groups];
        inverseDeviation = new double[shape.groups];
        keptCount = new int[channels];
        kept = new int[channels][out + 1]; // the branchless listing writes one past the last
        source = new int[channels][out];
        value = new float[channels][out];
        normal = new float[channels][out];
        exp = new float[channels][out];
        row = new float[shape.convLength];
        firstCandidate = new int[shape.pooling ? out : 0];
        for (int i = 0; i < firstCandidate.length; i++) {
            firstCandidate[i] = i + i / shape.features * shape.features;
        }
        int candidates = shape.pooling ? 2 * out : out;
        activation = new float[candidates];
        gathered = new float[shape.pooling ? candidates : 0];
        gatheredNormal = new float[gathered.length];
        gatheredExp = new float[gathered.length];
    }

    /**
     * Chunked rows and one more row of {@code extra} chunks. Chunks are a multiple of 64 bytes long and allocated in
     * direct succession (lists of them before), so that loops find all of them equally aligned; a third faster where
     * vectors are as long as a cache line. Nothing but speed depends on it.
     */
    private static float[][][] chunked(int channels, int count, int extra) {
        float[][][] rows = new float[channels + 1][][];
        for (int o = 0; o <= channels; o++) {
            rows[o] = new float[o < channels ? count : extra][];
        }
        for (float[][] row : rows) {
            for (int chunk = 0; chunk < row.length; chunk++) {
                row[chunk] = new float[CHUNK_ALLOCATED];
            }
        }
        return rows;
    }

    /** Bytes of the arrays, without those of a few numbers for each channel. */
    static long bytes(BlockShape shape) {
        long out = shape.outRowLength();
        long chunks = 2L * (shape.outChannels * (long) shape.convChunks() + TemporalConvolution.TAPS)
                + shape.convChunks() + shape.inChannels + 2;
        // The output, what was kept (six arrays), and its gradient; where rows are pooled, four of two candidates.
        long floats = 7 * shape.outChannels * out + shape.convLength + (shape.pooling ? 9 : 1) * out;
        return Float.BYTES * (floats + chunks * (CHUNK_ALLOCATED + 4L));
    }

    void prepareBackward() {
        if (gradConv == null) {
            int channels = shape.outChannels;
            int count = shape.convChunks();
            keptGradient = new float[channels][shape.outRowLength()];
            gradientSum = new double[channels];
            int afterTaps = count + TemporalConvolution.TAPS;
            float[][][] chunked = chunked(channels, count, afterTaps + shape.inChannels + 1);
            float[][] extra = chunked[channels];
            shifted = Arrays.copyOf(extra, count);
            gradTaps = Arrays.copyOfRange(extra, count, afterTaps);
            gradInChunk = Arrays.copyOfRange(extra, afterTaps, afterTaps + shape.inChannels);
            products = extra[extra.length - 1];
            gradConv = Arrays.copyOf(chunked, channels);
        }
    }
}
