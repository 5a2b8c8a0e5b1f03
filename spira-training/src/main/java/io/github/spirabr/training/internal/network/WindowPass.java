package io.github.spirabr.training.internal.network;

import io.github.spirabr.training.internal.kernel.AdaptiveTimePooling;
import io.github.spirabr.training.internal.kernel.BlockScratch;
import io.github.spirabr.training.internal.kernel.BlockWorkspace;
import io.github.spirabr.training.internal.kernel.TemporalConvolutionBlock;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The arrays of one window in its pass through all blocks of a chain. Used by one thread at a time. */
final class WindowPass {

    private final ConvolutionChain chain;
    private final List<TemporalConvolutionBlock> blocks;
    private final float[] input;
    private final BlockWorkspace[] workspaces;
    private final float[][] masks;
    /** Gradients of the input of each block but the first, in the block's shape, and of the last block's output. */
    private final float[][] gradients;
    private final float[] parameterGradient;
    private final float[][] blockGradients;

    /**
     * Reserves memory.
     *
     * @param scratch scratch of each block, of the thread that uses this first
     */
    WindowPass(ConvolutionChain chain, List<TemporalConvolutionBlock> blocks, List<BlockScratch> scratch, boolean forTraining) {
        this.chain = chain;
        this.blocks = blocks;
        this.input = new float[blocks.get(0).inRowLength()];
        int count = blocks.size();
        this.workspaces = new BlockWorkspace[count];
        this.masks = new float[count][];
        this.gradients = new float[count + 1][];
        this.blockGradients = new float[count][];
        int parameters = 0;
        for (int b = 0; b < count; b++) {
            TemporalConvolutionBlock block = blocks.get(b);
            workspaces[b] = block.newWorkspace(forTraining, scratch.get(b));
            parameters += block.parameterCount();
            if (forTraining) {
                masks[b] = chain.dropout() > 0 ? new float[block.maskLength()] : null;
                gradients[b + 1] = new float[block.maskLength()];
                blockGradients[b] = new float[block.parameterCount()];
            }
        }
        this.parameterGradient = new float[parameters];
    }

    /** Sets the working memory of the thread that uses this from now on. */
    void use(List<BlockScratch> scratch) {
        for (int b = 0; b < workspaces.length; b++) {
            workspaces[b].use(scratch.get(b));
        }
    }

    /** Takes a window, frame after frame. */
    void start(float[] window) {
        System.arraycopy(window, 0, input, 0, input.length);
    }

    void drawDropout(RandomGenerator random) {
        for (float[] mask : masks) {
            if (mask != null) {
                DropoutMask.draw(mask, chain.dropout(), random);
            }
        }
    }

    /** Through all blocks, each with the statistics of its own groups. */
    void forward(float[] weights) {
        int offset = 0;
        for (int b = 0; b < workspaces.length; b++) {
            blocks.get(b).forward(weights, offset, inputOf(b), masks[b], workspaces[b]);
            offset += blocks.get(b).parameterCount();
        }
    }

    /**
     * A part of the groups of one block, without dropout and with nothing kept for the way back.
     *
     * @param owner owner whose input it is, and who receives the output; this one gives its work space alone
     * @param part part of {@code parts}
     * @param statistics statistics of the block's channels, as {@link TemporalConvolutionBlock#predict} takes them
     */
    void predict(
            WindowPass owner, int block, float[] weights, int offset, int part, int parts, float @Nullable [] statistics) {
        TemporalConvolutionBlock geometry = blocks.get(block);
        int groups = geometry.groups();
        geometry.predict(weights, offset, owner.inputOf(block), groups * part / parts, groups * (part + 1) / parts,
                statistics, owner.workspaces[block].output, workspaces[block]);
    }

    /** Through the convolution of one block, whose sums are then to be had. */
    void convolve(int block, float[] weights, int offset) {
        blocks.get(block).convolve(weights, offset, inputOf(block), workspaces[block]);
    }

    double sum(int block, int channel) {
        return workspaces[block].channelSum[channel];
    }

    double squares(int block, int channel, float mean) {
        return blocks.get(block).squares(channel, mean, workspaces[block]);
    }

    /** Through the rest of the block, with statistics of all windows. */
    void activate(int block, float[] weights, int offset, float[] means, double[] inverseDeviations) {
        blocks.get(block).activate(weights, offset, means, inverseDeviations, masks[block], workspaces[block]);
    }

    /** Writes what came out of the last block, from {@code start}. */
    void finish(float[] out, int start) {
        TemporalConvolutionBlock last = blocks.get(blocks.size() - 1);
        float[] rows = workspaces[workspaces.length - 1].output;
        if (chain.pooledFrames() > 0) {
            pooling(last).forward(rows, last.outChannels(), out, start);
            return;
        }
        int features = chain.features();
        int at = start;
        for (int t = 0; t < last.outTime(); t++) {
            for (int o = 0; o < last.outChannels(); o++) {
                System.arraycopy(rows, o * last.outRowLength() + t * features, out, at, features);
                at += features;
            }
        }
    }

    /** Takes the gradient of what came out, from {@code start}. */
    void startBack(float[] above, int start) {
        TemporalConvolutionBlock last = blocks.get(blocks.size() - 1);
        float[] rows = gradients[blocks.size()];
        Arrays.fill(parameterGradient, 0f);
        for (float[] gradient : blockGradients) {
            Arrays.fill(gradient, 0f);
        }
        if (chain.pooledFrames() > 0) {
            pooling(last).backward(above, start, rows, last.outChannels());
            return;
        }
        int features = chain.features();
        int at = start;
        for (int t = 0; t < last.outTime(); t++) {
            for (int o = 0; o < last.outChannels(); o++) {
                System.arraycopy(above, at, rows, o * last.outRowLength() + t * features, features);
                at += features;
            }
        }
    }

    /** Back through all blocks. */
    void backward(float[] weights) {
        int offset = parameterGradient.length;
        for (int b = workspaces.length - 1; b >= 0; b--) {
            TemporalConvolutionBlock block = blocks.get(b);
            offset -= block.parameterCount();
            block.backward(
                    weights, offset, inputOf(b), masks[b], gradients[b + 1], blockGradients[b], gradients[b], workspaces[b]);
            keep(b, offset);
        }
    }

    /** Back to the normalisation of one block, whose sums are then to be had. */
    void gradientSums(int block, float[] weights, int offset) {
        blocks.get(block).gradientSums(
                weights, offset, masks[block], gradients[block + 1], blockGradients[block], workspaces[block]);
    }

    double gainedGradient(int block, int channel) {
        return workspaces[block].gainedGradient[channel];
    }

    double gainedProduct(int block, int channel) {
        return workspaces[block].gainedProduct[channel];
    }

    /** Back through the rest of the block, with sums over all windows. */
    void spread(int block, float[] weights, int offset, double[] gradientSums, double[] productSums, long size) {
        blocks.get(block).spreadGradient(weights, offset, inputOf(block), gradientSums, productSums, size,
                blockGradients[block], gradients[block], workspaces[block]);
        keep(block, offset);
    }

    /** Adds the gradient of this window's pass to the begin of the gradient of all weights. */
    void addGradient(float[] sum) {
        for (int i = 0; i < parameterGradient.length; i++) {
            sum[i] += parameterGradient[i];
        }
    }

    private void keep(int block, int offset) {
        System.arraycopy(blockGradients[block], 0, parameterGradient, offset, blockGradients[block].length);
    }

    private float[] inputOf(int block) {
        return block == 0 ? input : workspaces[block - 1].output;
    }

    private AdaptiveTimePooling pooling(TemporalConvolutionBlock last) {
        return new AdaptiveTimePooling(last.outTime(), chain.pooledFrames(), chain.features());
    }
}
