package io.github.spirabr.training.internal.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One block of a small convolutional network over time, forward and backward, for a single sample.
 *
 * <p>The input is {@code [inChannels][inTime*features]}, each row time-major (index {@code t*features+f}). The block
 * computes, in this order:
 *
 * <ol>
 *   <li>a 'valid' convolution (cross-correlation) over time, dilated, with bias:
 *       {@code out[o][t,f] = b[o] + sum_c sum_j w[o][c][j] * in[c][t+j*dilation, f]}, giving {@code convTime = inTime -
 *       (kernel-1)*dilation} steps;
 *   <li>group normalisation over (channels of the group × convTime × features) with the biased variance, epsilon
 *       1e-5, and a gain gamma and offset beta per channel;
 *   <li>the Mish activation;
 *   <li>if pooling, the maximum over pairs of time steps (an odd last step is dropped; of equal values the first
 *       receives the gradient);
 *   <li>if a mask is given, the product with it (inverted dropout: 0 or 1/(1-p)).
 * </ol>
 *
 * <p>The output is {@code [outChannels][outTime*features]}. Parameters lie flat in one array: weights
 * {@code [o][c][j]}, bias {@code [o]}, gamma {@code [o]}, beta {@code [o]}; so do their gradients.
 *
 * <p>For speed, the heavy loops are those of {@link Kernels}, and a few channels at a time are convolved, normalised
 * and activated, while they are in the cache. In training everything after the convolution but before the mask is computed only
 * for elements the mask keeps, gathered in compact arrays; of the normalised gradient only the part that group normalisation
 * spreads over all positions is dense.
 *
 * <p>Orders of operations are fixed, and fused arithmetic is fused on every machine: equal arguments give equal bits on every
 * processor, Java version and thread.
 *
 * <p>Thread-safety: immutable, so a block may be shared by threads, each using a {@link BlockWorkspace} and a {@link
 * BlockScratch} of its own.
 */
public final class TemporalConvolutionBlock {

    /** Added to a variance before its root is taken. */
    public static final double EPSILON = 1e-5;

    private final BlockShape shape;
    private final Kernels kernels = Kernels.best();
    private final TemporalConvolution convolution;

    /**
     * Fixes the geometry.
     *
     * @throws IllegalArgumentException if a size is not positive, groups do not divide outChannels, the dilated kernel
     *     is longer than the input, or pooling would leave nothing
     */
    public TemporalConvolutionBlock(
            int inChannels,
            int outChannels,
            int kernel,
            int dilation,
            int groups,
            boolean pooling,
            int inTime,
            int features) {
        this.shape = new BlockShape(inChannels, outChannels, kernel, dilation, groups, pooling, inTime, features);
        this.convolution = new TemporalConvolution(shape, kernels);
    }

    /** Returns the number of groups of the normalisation. */
    public int groups() {
        return shape.groups;
    }

    /** Returns the number of multiply-adds of the convolution of one sample. */
    public long multiplyAdds() {
        return (long) shape.weights() * shape.convLength;
    }

    /** Returns the number of rows of the input. */
    public int inChannels() {
        return shape.inChannels;
    }

    /** Returns the number of rows of the output. */
    public int outChannels() {
        return shape.outChannels;
    }

    /** Returns the number of time steps of the input. */
    public int inTime() {
        return shape.inTime;
    }

    /** Returns the number of values of each time step, of the input and of the output. */
    public int features() {
        return shape.features;
    }

    /** Returns the number of time steps of the output. */
    public int outTime() {
        return shape.outTime;
    }

    /** Returns the number of floats in one input row. */
    public int inRowLength() {
        return shape.inRowLength();
    }

    /** Returns the number of floats in one output row. */
    public int outRowLength() {
        return shape.outRowLength();
    }

    /** Returns the length that the dropout mask must have, {@code outChannels*outTime*features}. */
    public int maskLength() {
        return shape.maskLength();
    }

    /** Returns the number of weights, biases, gammas and betas together. */
    public int parameterCount() {
        return shape.parameterCount();
    }

    /** Returns the bytes of a workspace for training, within some per cent. */
    public long workspaceBytes() {
        return BlockWorkspace.bytes(shape);
    }

    /** Returns the bytes of the memory of a thread, within some per cent. */
    public long scratchBytes() {
        return BlockScratch.bytes(shape);
    }

    /** Makes the memory of one sample; reusable for any number of samples, one after the other. */
    public BlockWorkspace newWorkspace() {
        return newWorkspace(true, newScratch());
    }

    /** Makes the memory of one sample; if it is not for training, {@link #predict} alone may use it. */
    public BlockWorkspace newWorkspace(boolean forTraining, BlockScratch scratch) {
        return new BlockWorkspace(shape, forTraining, scratch);
    }

    /** Makes the memory of one thread beside that of samples. */
    public BlockScratch newScratch() {
        return new BlockScratch(shape);
    }

    /**
     * Computes {@code ws.output} and keeps in {@code ws} what {@link #backward} needs.
     *
     * @param params parameters, from {@code paramOffset}
     * @param in {@code [inChannels][inTime*features]}; may be longer
     * @param mask null, or factors {@code [o][outTime*features]} flat, 0 where dropped
     */
    public void forward(float[] params, int paramOffset, float[] in, float @Nullable [] mask, BlockWorkspace ws) {
        check(params, paramOffset, in, mask, ws);
        ws.forwardDone = false;
        for (int from = 0; from < shape.outChannels; from += shape.channelsAtOnce()) {
            int to = Math.min(from + shape.channelsAtOnce(), shape.outChannels);
            convolve(params, paramOffset, in, from, to, from * shape.convLength, ws);
            for (int g = from / shape.perGroup(); g < to / shape.perGroup(); g++) {
                normalisationStatistics(g, g * shape.perGroup() * shape.convLength, ws);
            }
            for (int o = from; o < to; o++) {
                activate(params, paramOffset, o, mask, ws);
            }
        }
        ws.forwardDone = true;
    }

    /** Computes rows of the convolution, from {@code at}, and their sums. */
    private void convolve(float[] params, int paramOffset, float[] in, int from, int to, int at, BlockWorkspace ws) {
        convolution.forward(params, paramOffset, in, from, to, ws.conv, at, ws.scratch.kernel);
        for (int o = from; o < to; o++) {
            ws.channelSum[o] =
                    kernels.sum(ws.conv, at + (o - from) * shape.convLength, shape.convLength, ws.scratch.kernel);
        }
    }

    /**
     * A part of a forward pass without a mask that no backward pass follows: the same bits as {@link #forward} gives for
     * these channels, in less time. Parts of one sample may run on several threads, each with a workspace of its own.
     *
     * @param fromGroup the first group of channels
     * @param toGroup the first group that is left out
     * @param statistics means and then variances of each group; null to take those of the sample itself
     * @param output receives the rows of these channels
     */
    public void predict(
            float[] params,
            int paramOffset,
            float[] in,
            int fromGroup,
            int toGroup,
            float @Nullable [] statistics,
            float[] output,
            BlockWorkspace ws) {
        check(params, paramOffset, in, null, ws);
        BlockShape.requireLength("output", output, shape.outChannels * shape.outRowLength());
        ws.forwardDone = false;
        int perGroup = shape.perGroup();
        for (int from = fromGroup * perGroup; from < toGroup * perGroup; from += shape.channelsAtOnce()) {
            int to = Math.min(from + shape.channelsAtOnce(), toGroup * perGroup);
            if (statistics == null) {
                convolve(params, paramOffset, in, from, to, 0, ws);
            } else {
                convolution.forward(params, paramOffset, in, from, to, ws.conv, 0, ws.scratch.kernel);
            }
            for (int g = from / perGroup; g < to / perGroup; g++) {
                if (statistics == null) {
                    normalisationStatistics(g, (g * perGroup - from) * shape.convLength, ws);
                } else {
                    ws.mean[g] = statistics[g];
                    ws.inverseDeviation[g] = 1 / Math.sqrt(statistics[shape.groups + g] + EPSILON);
                }
            }
            for (int o = from; o < to; o++) {
                activateAll(params, paramOffset, o, (o - from) * shape.convLength, output, ws);
            }
        }
    }

    /** Normalises, activates and pools one whole channel, some time steps at a time. */
    private void activateAll(float[] params, int paramOffset, int o, int at, float[] output, BlockWorkspace ws) {
        int gamma = paramOffset + shape.weights() + shape.outChannels;
        int group = o / shape.perGroup();
        float gain = (float) (params[gamma + o] * ws.inverseDeviation[group]);
        float offset = params[gamma + shape.outChannels + o];
        int to = o * shape.outRowLength();
        KernelScratch scratch = ws.scratch.kernel;
        if (!shape.pooling) {
            for (int i = 0; i < shape.convLength; i += LaneShape.MOST) {
                int n = Math.min(LaneShape.MOST, shape.convLength - i);
                kernels.activations(ws.conv, at + i, output, to + i, n, ws.mean[group], gain, offset, scratch);
            }
            return;
        }
        int pair = 2 * shape.features;
        int pairs = Math.max(1, LaneShape.MOST / pair);
        float[] some = ws.scratch.pairs(pair * pairs);
        for (int t = 0; t < shape.outTime; t += pairs) {
            int count = Math.min(pairs, shape.outTime - t);
            for (int i = 0; i < count * pair; i += LaneShape.MOST) {
                int n = Math.min(LaneShape.MOST, count * pair - i);
                kernels.activations(ws.conv, at + t * pair + i, some, i, n, ws.mean[group], gain, offset, scratch);
            }
            kernels.maxima(some, shape.features, output, to + t * shape.features, count, scratch);
        }
    }

    /**
     * The first of the three steps of a forward pass whose normalisation looks at several samples: the convolution, with
     * the sum of each channel in {@link BlockWorkspace#channelSum}. It goes on with {@link #squares} and {@link #activate}.
     */
    public void convolve(float[] params, int paramOffset, float[] in, BlockWorkspace ws) {
        check(params, paramOffset, in, null, ws);
        ws.forwardDone = false;
        convolve(params, paramOffset, in, 0, shape.outChannels, 0, ws);
    }

    /** Returns the sum of squared deviations of one channel of the convolution's result from a mean. */
    public double squares(int channel, float mean, BlockWorkspace ws) {
        return kernels.squares(ws.conv, channel * shape.convLength, shape.convLength, mean, ws.scratch.kernel);
    }

    /**
     * The last step of a forward pass: everything after the statistics, which come from outside.
     *
     * @param means means of each group
     * @param inverseDeviations 1 / sqrt(variance + epsilon) of each group
     */
    public void activate(
            float[] params,
            int paramOffset,
            float[] means,
            double[] inverseDeviations,
            float @Nullable [] mask,
            BlockWorkspace ws) {
        System.arraycopy(means, 0, ws.mean, 0, shape.groups);
        System.arraycopy(inverseDeviations, 0, ws.inverseDeviation, 0, shape.groups);
        shape.requireMask(mask);
        for (int o = 0; o < shape.outChannels; o++) {
            activate(params, paramOffset, o, mask, ws);
        }
        ws.forwardDone = true;
    }

    /**
     * Adds the gradient of the parameters and computes that of the input, for the sample last given to {@link #forward}
     * with the same workspace, parameters, input and mask.
     *
     * @param gradOut gradient with respect to {@code ws.output}, same shape
     * @param gradParams accumulated into at 0..parameterCount()-1
     * @param gradIn overwritten, {@code [inChannels][inTime*features]}; null when not wanted
     * @throws IllegalStateException if the workspace holds no forward pass
     */
    public void backward(
            float[] params,
            int paramOffset,
            float[] in,
            float @Nullable [] mask,
            float[] gradOut,
            float[] gradParams,
            float @Nullable [] gradIn,
            BlockWorkspace ws) {
        gradientSums(params, paramOffset, mask, gradOut, gradParams, ws);
        spreadGradient(params, paramOffset, in, ws.gainedGradient, ws.gainedProduct, normalised(), gradParams, gradIn, ws);
    }

    /** Returns the number of values that each group of one sample is normalised over. */
    public long normalised() {
        return (long) shape.perGroup() * shape.convLength;
    }

    /**
     * The first of the two steps of a backward pass whose normalisation looked at several samples: the gradients of gamma
     * and beta, and the sums of each group in {@link BlockWorkspace#gainedGradient} and {@link
     * BlockWorkspace#gainedProduct}. It goes on with {@link #spreadGradient}, which takes these sums over all samples.
     *
     * @throws IllegalStateException if the workspace holds no forward pass
     */
    public void gradientSums(
            float[] params,
            int paramOffset,
            float @Nullable [] mask,
            float[] gradOut,
            float[] gradParams,
            BlockWorkspace ws) {
        checkParams(params, paramOffset, ws);
        shape.requireMask(mask);
        BlockShape.requireLength("gradOut", gradOut, shape.maskLength());
        shape.requireGradient(gradParams);
        if (!ws.forwardDone) {
            throw new IllegalStateException("backward needs a completed forward pass with the same workspace");
        }
        int perGroup = shape.perGroup();
        for (int g = 0; g < shape.groups; g++) {
            gradientSums(params, paramOffset, g, perGroup, mask, gradOut, gradParams, ws);
        }
    }

    /**
     * The last step of a backward pass.
     *
     * @param gradientSums gradient sums of each group, over all samples
     * @param productSums product sums of each group, over all samples
     * @param size over how many values each group was normalised
     * @param gradIn overwritten; null when not wanted
     */
    public void spreadGradient(
            float[] params,
            int paramOffset,
            float[] in,
            double[] gradientSums,
            double[] productSums,
            long size,
            float[] gradParams,
            float @Nullable [] gradIn,
            BlockWorkspace ws) {
        check(params, paramOffset, in, null, ws);
        shape.requireGradient(gradParams);
        if (gradIn != null) {
            BlockShape.requireLength("gradIn", gradIn, shape.inChannels * shape.inRowLength());
        }
        int perGroup = shape.perGroup();
        float[] gradConv = ws.scratch.gradConv();
        for (int from = 0; from < shape.outChannels; from += shape.channelsAtOnce()) {
            int to = Math.min(from + shape.channelsAtOnce(), shape.outChannels);
            for (int g = from / perGroup; g < to / perGroup; g++) {
                spread(params, paramOffset, g, perGroup, gradientSums[g], productSums[g], size, gradParams, ws);
            }
            convolution.weightGradient(in, gradConv, from, to, gradParams, ws.scratch.products, ws.scratch.kernel);
        }
        if (gradIn != null) {
            convolution.inputGradient(params, paramOffset, gradConv, gradIn, ws.scratch.kernel);
        }
    }

    private void check(float[] params, int paramOffset, float[] in, float @Nullable [] mask, BlockWorkspace ws) {
        checkParams(params, paramOffset, ws);
        BlockShape.requireLength("in", in, shape.inChannels * shape.inRowLength());
        shape.requireMask(mask);
    }

    private void checkParams(float[] params, int paramOffset, BlockWorkspace ws) {
        if (ws.shape != shape) {
            throw new IllegalArgumentException("the workspace must come from newWorkspace() of the same block");
        }
        shape.requireParams(params, paramOffset);
    }

    /**
     * Mean and reciprocal deviation of a group, in two passes so that a large mean does not cost accuracy.
     *
     * @param at place of the group's first row of the convolution
     */
    private void normalisationStatistics(int group, int at, BlockWorkspace ws) {
        int perGroup = shape.perGroup();
        double sum = 0;
        for (int o = group * perGroup; o < (group + 1) * perGroup; o++) {
            sum += ws.channelSum[o];
        }
        double size = normalised();
        float mean = (float) (sum / size);
        double squares = 0;
        for (int k = 0; k < perGroup; k++) {
            squares += kernels.squares(ws.conv, at + k * shape.convLength, shape.convLength, mean, ws.scratch.kernel);
        }
        ws.mean[group] = mean;
        ws.inverseDeviation[group] = 1.0 / Math.sqrt(squares / size + EPSILON);
    }

    /** Normalises, activates, pools and masks one channel, only where the mask is not zero. */
    private void activate(float[] params, int paramOffset, int o, float @Nullable [] mask, BlockWorkspace ws) {
        int gamma = paramOffset + shape.weights() + shape.outChannels;
        int group = o / shape.perGroup();
        float mean = ws.mean[group];
        float gain = (float) (params[gamma + o] * ws.inverseDeviation[group]);
        float offset = params[gamma + shape.outChannels + o];
        int[] kept = ws.kept[o];
        int n = listKept(mask, o, kept);
        ws.keptCount[o] = n;
        float[] row = ws.conv;
        int begin = o * shape.convLength;
        int[] source = ws.source[o];
        float[] value = ws.value[o];
        float[] exp = ws.exp[o];
        float[] normal = ws.normal[o];
        int out = shape.outRowLength();
        float[] act = ws.scratch.activation;
        int f = shape.features;
        if (shape.pooling) {
            // Both candidates of each maximum are gathered, first ones in [0, n), second ones in [n, 2n). Mish is not
            // monotone, so the winner is known only after activation.
            float[] both = ws.scratch.gathered;
            float[] bothNormal = ws.scratch.gatheredNormal;
            float[] bothExp = ws.scratch.gatheredExp;
            int[] first = ws.firstCandidate;
            for (int i = 0; i < n; i++) {
                int s = begin + first[kept[i]];
                source[i] = s;
                both[i] = row[s];
                both[n + i] = row[s + f];
            }
            kernels.activations(both, 2 * n, mean, gain, offset, bothNormal, bothExp, act);
            for (int i = 0; i < n; i++) {
                // 1 when the second is greater, from the sign of the difference: a branch would be mispredicted half the
                // time. Adding 0 turns a negative zero into a positive one.
                int second = Float.floatToRawIntBits(act[i] - act[n + i] + 0f) >>> 31;
                int w = i + second * n;
                act[i] = act[w];
                exp[i] = bothExp[w];
                normal[i] = bothNormal[w];
                value[i] = both[w];
                source[i] = source[i] + second * f - begin;
            }
        } else {
            for (int i = 0; i < n; i++) {
                int p = kept[i];
                source[i] = p;
                value[i] = row[begin + p];
            }
            kernels.activations(value, n, mean, gain, offset, normal, exp, act);
        }
        float[] output = ws.output;
        int base = o * out;
        if (mask == null) {
            System.arraycopy(act, 0, output, base, out);
        } else {
            Arrays.fill(output, base, base + out, 0f);
            for (int i = 0; i < n; i++) {
                int p = base + kept[i];
                output[p] = act[i] * mask[p];
            }
        }
    }

    /** Lists the outputs of channel o with a nonzero mask; without branches, as a random mask defeats prediction. */
    private int listKept(float @Nullable [] mask, int o, int[] kept) {
        int out = shape.outRowLength();
        if (mask == null) {
            for (int i = 0; i < out; i++) {
                kept[i] = i;
            }
            return out;
        }
        int base = o * out;
        int n = 0;
        for (int i = 0; i < out; i++) {
            kept[n] = i;
            int bits = Float.floatToRawIntBits(mask[base + i]) & Integer.MAX_VALUE; // -0 is zero, too
            n += -bits >>> 31;
        }
        return n;
    }

    /** Computes the gradients of gamma and beta, and the two sums of a group, from the gradient of the output. */
    private void gradientSums(
            float[] params,
            int paramOffset,
            int group,
            int perGroup,
            float @Nullable [] mask,
            float[] gradOut,
            float[] gradParams,
            BlockWorkspace ws) {
        int weights = shape.weights();
        int out = shape.outRowLength();
        double inverse = ws.inverseDeviation[group];
        float mean = ws.mean[group];
        double weighted1 = 0;
        double weighted2 = 0;
        for (int o = group * perGroup; o < (group + 1) * perGroup; o++) {
            int n = ws.keptCount[o];
            int[] kept = ws.kept[o];
            float[] gradient = ws.keptGradient[o];
            int base = o * out;
            if (mask == null) {
                System.arraycopy(gradOut, base, gradient, 0, out);
            } else {
                for (int i = 0; i < n; i++) {
                    int p = base + kept[i];
                    gradient[i] = gradOut[p] * mask[p];
                }
            }
            kernels.timesDerivatives(ws.normal[o], ws.exp[o], gradient, n, ws.scratch.activation);
            float[] value = ws.value[o];
            double sum0 = 0;
            double sum1 = 0;
            double dot0 = 0;
            double dot1 = 0;
            int i = 0;
            for (; i + 1 < n; i += 2) {
                sum0 += gradient[i];
                dot0 += (double) gradient[i] * (value[i] - mean);
                sum1 += gradient[i + 1];
                dot1 += (double) gradient[i + 1] * (value[i + 1] - mean);
            }
            if (i < n) {
                sum0 += gradient[i];
                dot0 += (double) gradient[i] * (value[i] - mean);
            }
            double sum = sum0 + sum1;
            double dot = (dot0 + dot1) * inverse;
            ws.gradientSum[o] = sum;
            gradParams[weights + shape.outChannels + o] += (float) dot;
            gradParams[weights + 2 * shape.outChannels + o] += (float) sum;
            double gamma = params[paramOffset + weights + shape.outChannels + o];
            weighted1 += gamma * sum;
            weighted2 += gamma * dot;
        }
        ws.gainedGradient[group] = weighted1;
        ws.gainedProduct[group] = weighted2;
    }

    /** Computes the gradients of the convolution's result and of the bias from the sums of a group. */
    private void spread(
            float[] params,
            int paramOffset,
            int group,
            int perGroup,
            double weighted1,
            double weighted2,
            long count,
            float[] gradParams,
            BlockWorkspace ws) {
        int weights = shape.weights();
        double inverse = ws.inverseDeviation[group];
        float mean = ws.mean[group];
        double size = count;
        // d/dx = inverse * (gamma*gradient - mean(gamma*gradient) - normalised * mean(gamma*gradient*normalised)):
        // the last two terms reach every position, the first only those kept.
        double everywhere = -inverse * weighted1 / size;
        double slope = -inverse * inverse * weighted2 / size;
        float[] gradConv = ws.scratch.gradConv();
        for (int o = group * perGroup; o < (group + 1) * perGroup; o++) {
            int row = shape.gradientRow(o);
            kernels.centredAffine(ws.conv, o * shape.convLength, gradConv, row, shape.convLength, mean, (float) slope,
                    (float) everywhere, ws.scratch.kernel);
            double gamma = params[paramOffset + weights + shape.outChannels + o] * inverse;
            float factor = (float) gamma;
            int n = ws.keptCount[o];
            int[] source = ws.source[o];
            float[] gradient = ws.keptGradient[o];
            for (int i = 0; i < n; i++) {
                gradConv[row + source[i]] = Fused.multiplyAdd(factor, gradient[i], gradConv[row + source[i]]);
            }
            gradParams[weights + o] +=
                    (float)
                            (gamma * ws.gradientSum[o]
                                    + everywhere * shape.convLength
                                    + slope * (ws.channelSum[o] - (double) shape.convLength * mean));
        }
    }
}
