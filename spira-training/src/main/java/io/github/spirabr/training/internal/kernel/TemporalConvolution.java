package io.github.spirabr.training.internal.kernel;

/** The 'valid' dilated convolution over time of a {@link TemporalConvolutionBlock}, and its gradients. Immutable. */
final class TemporalConvolution {

    private final BlockShape shape;
    private final Kernels kernels;

    TemporalConvolution(BlockShape shape, Kernels kernels) {
        this.shape = shape;
        this.kernels = kernels;
    }

    /**
     * Computes some channels of the result.
     *
     * @param out receives the rows of these channels, from {@code at}
     */
    void forward(float[] params, int paramOffset, float[] in, int from, int to, float[] out, int at, KernelScratch scratch) {
        int count = shape.inChannels * shape.kernel;
        Taps taps = new Taps(to - from, count);
        int[] inOrder = new int[count];
        for (int q = 0; q < count; q++) {
            taps.offsets[q] = inputOffset(q);
            inOrder[q] = q;
        }
        taps.weights(params, paramOffset + from * count, count, inOrder);
        kernels.weightedSums(
                in, taps, params, paramOffset + shape.weights() + from, out, at, shape.convLength, shape.convLength, scratch);
    }

    /** Returns where the input of a tap (input channel, position in the kernel) starts. */
    private int inputOffset(int tap) {
        int channel = tap / shape.kernel;
        return channel * shape.inRowLength() + (tap - channel * shape.kernel) * shape.step;
    }

    /** Adds the products of some of the gradient's rows and shifted input rows. */
    void weightGradient(
            float[] in, float[] gradConv, int from, int to, float[] gradParams, double[] products, KernelScratch scratch) {
        int[] offsets = new int[shape.inChannels * shape.kernel];
        for (int q = 0; q < offsets.length; q++) {
            offsets[q] = inputOffset(q);
        }
        kernels.products(gradConv, shape.gradientRow(from), shape.margin + shape.convLength, to - from, in, offsets,
                shape.convLength, products, scratch);
        for (int i = 0; i < (to - from) * offsets.length; i++) {
            gradParams[from * offsets.length + i] += (float) products[i];
        }
    }

    /** The transposed convolution: positions before and after the gradient's rows are zero, in their margins. */
    void inputGradient(float[] params, int paramOffset, float[] gradConv, float[] gradIn, KernelScratch scratch) {
        int perOut = shape.inChannels * shape.kernel;
        Taps taps = new Taps(shape.inChannels, shape.outChannels * shape.kernel);
        int[] from = new int[taps.count];
        for (int o = 0; o < shape.outChannels; o++) {
            for (int j = 0; j < shape.kernel; j++) {
                int q = o * shape.kernel + j;
                taps.offsets[q] = shape.gradientRow(o) - j * shape.step;
                from[q] = o * perOut + j;
            }
        }
        taps.weights(params, paramOffset, shape.kernel, from);
        int length = shape.inRowLength();
        kernels.weightedSums(gradConv, taps, new float[shape.inChannels], 0, gradIn, 0, length, length, scratch);
    }
}
