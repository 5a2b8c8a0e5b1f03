package io.github.spirabr.training.internal.kernel;

/**
 * The memory of one sample for one block: the output, and what the backward pass needs. Used by one thread at a time, which
 * gives it a {@link BlockScratch} of its own.
 */
public final class BlockWorkspace {

    /** Result of the last forward pass, {@code [outChannels][outTime*features]}; overwritten by the next. */
    public final float[] output;

    /** Sum of each channel of the last convolution. */
    public final double[] channelSum;

    /** Sum of gamma * gradient of each group, after {@link TemporalConvolutionBlock#gradientSums}. */
    public final double[] gainedGradient;

    /** Sum of gamma * gradient * normalised value of each group. */
    public final double[] gainedProduct;

    final BlockShape shape;
    BlockScratch scratch;
    boolean forwardDone;

    /** Result of the convolution; of a prediction the channels at hand alone. */
    final float[] conv;
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
    final float[][] keptGradient;
    final double[] gradientSum;
    /** Index of the first candidate of each element of a pooled row, (2t, f) for (t, f); a table saves a division. */
    final int[] firstCandidate;

    BlockWorkspace(BlockShape shape, boolean forTraining, BlockScratch scratch) {
        this.shape = shape;
        this.scratch = scratch;
        int channels = shape.outChannels;
        int out = shape.outRowLength();
        int trained = forTraining ? channels : 0;
        output = new float[channels * out];
        conv = new float[(forTraining ? channels : Math.min(channels, shape.channelsAtOnce())) * shape.convLength];
        channelSum = new double[channels];
        gainedGradient = new double[shape.groups];
        gainedProduct = new double[shape.groups];
        mean = new float[shape.groups];
        inverseDeviation = new double[shape.groups];
        keptCount = new int[channels];
        kept = new int[trained][out + 1]; // the branchless listing writes one past the last
        source = new int[trained][out];
        value = new float[trained][out];
        normal = new float[trained][out];
        exp = new float[trained][out];
        keptGradient = new float[trained][out];
        gradientSum = new double[channels];
        firstCandidate = new int[forTraining && shape.pooling ? out : 0];
        for (int i = 0; i < firstCandidate.length; i++) {
            firstCandidate[i] = i + i / shape.features * shape.features;
        }
    }

    /** Bytes of the arrays for training, without those of a few numbers for each channel. */
    static long bytes(BlockShape shape) {
        long out = shape.outRowLength();
        // The output, what was kept (five arrays), and its gradient; the convolution's result.
        return Float.BYTES * (shape.outChannels * (7 * out + shape.convLength) + (shape.pooling ? out : 0));
    }

    /** Sets the working memory of the thread that uses this from now on. */
    public void use(BlockScratch ofThread) {
        if (ofThread.shape != shape) {
            throw new IllegalArgumentException("the scratch must come from newScratch() of the same block");
        }
        scratch = ofThread;
    }
}
