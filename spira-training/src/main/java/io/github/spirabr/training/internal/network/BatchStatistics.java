package io.github.spirabr.training.internal.network;

import io.github.spirabr.training.internal.kernel.TemporalConvolutionBlock;
import java.util.Arrays;
import java.util.List;

/**
 * Batch normalisation as {@code torch.nn.BatchNorm2d} does it: training takes mean and biased variance of each channel
 * over all windows of the batch, and moves the running ones a tenth of the way to the mean and the unbiased variance;
 * prediction takes the running ones. Sums over windows are added in the windows' order. Used by one thread, which hands
 * the windows to the workers.
 */
final class BatchStatistics {

    private static final float MOMENTUM = 0.1f;

    /** The windows of a batch on their way. */
    @FunctionalInterface
    interface Passes {

        /** Returns a window, to be used by this thread. */
        WindowPass get(int window, int worker);
    }

    private final Workers workers;
    /** For each block the running means of its channels, then their running variances. */
    private final float[] running;
    private final int[] offsets;

    BatchStatistics(ConvolutionChain chain, Workers workers) {
        this.workers = workers;
        int blocks = chain.convolutions().size();
        this.offsets = new int[blocks + 1];
        for (int b = 0; b < blocks; b++) {
            offsets[b + 1] = offsets[b] + 2 * chain.convolutions().get(b).channels();
        }
        this.running = new float[offsets[blocks]];
        for (int b = 0; b < blocks; b++) {
            Arrays.fill(running, (offsets[b] + offsets[b + 1]) / 2, offsets[b + 1], 1f);
        }
    }

    float[] running() {
        return running;
    }

    /** All windows through all blocks, with the batch's own statistics. */
    void train(List<TemporalConvolutionBlock> blocks, Passes windows, int count, float[] weights) {
        int offset = 0;
        for (int b = 0; b < blocks.size(); b++) {
            int block = b;
            int at = offset;
            int channels = blocks.get(b).outChannels();
            workers.run(count, (worker, window) -> windows.get(window, worker).convolve(block, weights, at));
            double size = (double) count * blocks.get(b).normalised();
            if (size < 2) {
                throw new IllegalArgumentException("batch normalisation needs more than one value of each channel, but at"
                        + " convolution " + (b + 1) + " the batch has one; give it more windows, or longer ones");
            }
            float[] means = new float[channels];
            for (int o = 0; o < channels; o++) {
                double sum = 0;
                for (int w = 0; w < count; w++) {
                    sum += windows.get(w, 0).sum(b, o);
                }
                means[o] = (float) (sum / size);
            }
            double[][] squares = new double[count][channels];
            workers.run(count, (worker, window) -> {
                WindowPass memory = windows.get(window, worker);
                for (int o = 0; o < channels; o++) {
                    squares[window][o] = memory.squares(block, o, means[o]);
                }
            });
            double[] inverse = new double[channels];
            for (int o = 0; o < channels; o++) {
                double sum = 0;
                for (int w = 0; w < count; w++) {
                    sum += squares[w][o];
                }
                inverse[o] = 1 / Math.sqrt(sum / size + TemporalConvolutionBlock.EPSILON);
                move(offsets[b] + o, means[o]);
                move(offsets[b] + channels + o, (float) (sum / (size - 1)));
            }
            workers.run(count, (worker, window) -> windows.get(window, worker).activate(block, weights, at, means, inverse));
            offset += blocks.get(b).parameterCount();
        }
    }

    private void move(int index, float towards) {
        running[index] = (1 - MOMENTUM) * running[index] + MOMENTUM * towards;
    }

    /** The running means of a block's channels, then their variances. */
    float[] running(int block) {
        return Arrays.copyOfRange(running, offsets[block], offsets[block + 1]);
    }

    /** All windows back through all blocks. */
    void back(List<TemporalConvolutionBlock> blocks, Passes windows, int count, float[] weights) {
        int offset = blocks.stream().mapToInt(TemporalConvolutionBlock::parameterCount).sum();
        for (int b = blocks.size() - 1; b >= 0; b--) {
            offset -= blocks.get(b).parameterCount();
            int block = b;
            int at = offset;
            int channels = blocks.get(b).outChannels();
            workers.run(count, (worker, window) -> windows.get(window, worker).gradientSums(block, weights, at));
            double[] gradients = new double[channels];
            double[] products = new double[channels];
            for (int o = 0; o < channels; o++) {
                for (int w = 0; w < count; w++) {
                    gradients[o] += windows.get(w, 0).gainedGradient(b, o);
                    products[o] += windows.get(w, 0).gainedProduct(b, o);
                }
            }
            long size = count * blocks.get(b).normalised();
            workers.run(count, (worker, window) ->
                    windows.get(window, worker).spread(block, weights, at, gradients, products, size));
        }
    }
}
