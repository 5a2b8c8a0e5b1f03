package io.github.spirabr.training.internal.kernel;

/**
 * The working memory of one thread for one block, beside the {@link BlockWorkspace} of a sample. What a thread leaves here is not
 * read after the call. Not thread-safe.
 */
public final class BlockScratch {

    final BlockShape shape;
    final KernelScratch kernel = new KernelScratch();

    final float[] activation;
    final float[] gathered;
    final float[] gatheredNormal;
    final float[] gatheredExp;
    private float[] pairs = new float[0];

    /** Gradient of the convolution's result, with zeros in its margins; made at the first backward pass. */
    private float[] gradConv = new float[0];
    final double[] products;

    BlockScratch(BlockShape shape) {
        this.shape = shape;
        int candidates = shape.pooling ? 2 * shape.outRowLength() : shape.outRowLength();
        activation = new float[candidates];
        gathered = new float[shape.pooling ? candidates : 0];
        gatheredNormal = new float[gathered.length];
        gatheredExp = new float[gathered.length];
        products = new double[shape.weights()];
    }

    /** Bytes of the arrays after a backward pass, those of plain loops included, which copy rows. */
    static long bytes(BlockShape shape) {
        long rows = shape.outChannels * ((long) shape.convLength + LaneShape.MOST) + shape.outChannels * (long) LaneShape.MOST;
        return Float.BYTES * (shape.gradientLength() + rows + (shape.pooling ? 8L : 1L) * shape.outRowLength())
                + Double.BYTES * (long) shape.weights();
    }

    float[] gradConv() {
        if (gradConv.length == 0) {
            gradConv = new float[shape.gradientLength()];
        }
        return gradConv;
    }

    float[] pairs(int length) {
        if (pairs.length < length) {
            pairs = new float[length];
        }
        return pairs;
    }
}
