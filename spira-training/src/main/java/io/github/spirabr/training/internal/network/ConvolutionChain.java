package io.github.spirabr.training.internal.network;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.internal.kernel.TemporalConvolutionBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain of convolution blocks, for inputs of any length: the weights do not depend on it. Immutable.
 *
 * @param convolutions convolutions in their order
 * @param features number of features of a frame
 * @param batchNormalised true if channels are normalised over all windows of a batch, false if over their group
 * @param dropout probability that an element of a block's output is dropped in training, in [0, 1)
 * @param pooledFrames number of frames that the output is averaged to; 0 for no averaging
 */
record ConvolutionChain(
        List<Convolution> convolutions, int features, boolean batchNormalised, double dropout, int pooledFrames) {

    ConvolutionChain {
        convolutions = List.copyOf(convolutions);
    }

    /**
     * Returns the blocks for windows of this number of frames.
     *
     * @throws IllegalArgumentException if there are too few frames; the message names the convolution
     */
    List<TemporalConvolutionBlock> blocks(int frames) {
        List<TemporalConvolutionBlock> blocks = new ArrayList<>();
        int channels = 1;
        int left = frames;
        for (Convolution convolution : convolutions) {
            try {
                TemporalConvolutionBlock block = new TemporalConvolutionBlock(
                        channels,
                        convolution.channels(),
                        convolution.kernel(),
                        convolution.dilation(),
                        batchNormalised ? convolution.channels() : convolution.groups(),
                        convolution.pooling(),
                        left,
                        features);
                blocks.add(block);
                channels = block.outChannels();
                left = block.outTime();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("SpiraConv cannot take " + new InputShape(frames, features)
                        + ": at convolution " + (blocks.size() + 1) + " of " + convolutions.size() + ", " + e.getMessage()
                        + "; make the windows longer or the hop shorter", e);
            }
        }
        return blocks;
    }

    /** Returns the bytes that a window of this number of frames takes on its way through the chain and back. */
    long trainingBytes(int frames) {
        List<TemporalConvolutionBlock> blocks = blocks(frames);
        long bytes = (long) Float.BYTES * (blocks.get(0).inRowLength() + parameters());
        for (TemporalConvolutionBlock block : blocks) {
            long floats = (long) block.outChannels() * block.outRowLength() + block.parameterCount();
            bytes += block.workspaceBytes() + Float.BYTES * (floats + (dropout > 0 ? block.maskLength() : 0));
        }
        return bytes;
    }

    /** Returns true if the number of outputs does not depend on the length of the windows. */
    boolean takesAnyLength() {
        return pooledFrames > 0;
    }

    /** Returns the number of outputs for a window of this number of frames. */
    int outputs(int frames) {
        List<TemporalConvolutionBlock> blocks = blocks(frames);
        TemporalConvolutionBlock last = blocks.get(blocks.size() - 1);
        int steps = pooledFrames > 0 ? pooledFrames : last.outTime();
        return Math.multiplyExact(last.outChannels(), Math.multiplyExact(steps, features));
    }

    /** Returns the arrays of the flat weights: for each convolution weights, bias, gain and offset. */
    List<Segment> layout() {
        List<Segment> segments = new ArrayList<>();
        int offset = 0;
        int channels = 1;
        for (int c = 0; c < convolutions.size(); c++) {
            Convolution convolution = convolutions.get(c);
            List<Integer> ofEach = List.of(convolution.channels());
            offset = Segment.add(segments, "conv" + (c + 1) + ".weight", offset,
                    List.of(convolution.channels(), channels, convolution.kernel()));
            offset = Segment.add(segments, "conv" + (c + 1) + ".bias", offset, ofEach);
            offset = Segment.add(segments, "norm" + (c + 1) + ".weight", offset, ofEach);
            offset = Segment.add(segments, "norm" + (c + 1) + ".bias", offset, ofEach);
            channels = convolution.channels();
        }
        return segments;
    }

    /** Returns the bytes that each thread takes beside the windows on their way. */
    long threadBytes(int frames) {
        return blocks(frames).stream().mapToLong(TemporalConvolutionBlock::scratchBytes).sum();
    }

    /** Returns the arrays of the running statistics: for each convolution means and variances. */
    List<Segment> statisticsLayout() {
        List<Segment> segments = new ArrayList<>();
        int offset = 0;
        for (int c = 0; batchNormalised && c < convolutions.size(); c++) {
            List<Integer> ofEach = List.of(convolutions.get(c).channels());
            offset = Segment.add(segments, "norm" + (c + 1) + ".running_mean", offset, ofEach);
            offset = Segment.add(segments, "norm" + (c + 1) + ".running_var", offset, ofEach);
        }
        return segments;
    }

    int parameters() {
        return layout().stream().mapToInt(Segment::length).sum();
    }
}
