package io.github.spirabr.model.internal.kernel;

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
 * <p>How it is made fast: between the steps a row is kept as <em>chunks</em> of up to {@value #CHUNK} floats, so that all
 * heavy loops of {@link FloatLoops} run from index 0 over arrays that stay in the first-level cache. Everything after
 * the convolution but before the mask is computed only for elements the mask keeps, gathered in compact arrays; of the
 * normalised gradient only the part that group normalisation spreads over all positions is dense.
 *
 * <p>Summation orders are fixed and there is no fused arithmetic: equal arguments give equal bits on every machine,
 * Java version and thread.
 *
 * <p>Thread-safety: immutable, so a block may be shared by threads, each using a {@link Workspace} of its own.
 */
public final class TemporalConvolutionBlock {

    /** Most floats per chunk: a few chunks fit a first-level cache, yet loops are long enough to amortise their start. */
    static final int CHUNK = 1024;

    /** With 12 floats more and the 16-byte header of an array a chunk is a multiple of 64 bytes. */
    private static final int CHUNK_ALLOCATED = CHUNK + 12;

    /** Taps copied per visit of the output chunks, a multiple of 4. */
    private static final int TAPS = 8;

    /** Added to a variance before its root is taken. */
    public static final double EPSILON = 1e-5;

    private final int inChannels;
    private final int outChannels;
    private final int kernel;
    private final int dilation;
    private final int groups;
    private final boolean pooling;
    private final int inTime;
    private final int features;
    private final int convTime;
    private final int outTime;
    private final int convLength;
    private final int convChunk;

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

    /** Groups of the normalisation. */
    public int groups() {
        return groups;
    }

    public int inChannels() {
        return inChannels;
    }

    public int outChannels() {
        return outChannels;
    }

    public int inTime() {
        return inTime;
    }

    public int features() {
        return features;
    }

    /** Time steps of the output. */
    public int outTime() {
        return outTime;
    }

    /** Floats in one input row. */
    public int inRowLength() {
        return inTime * features;
    }

    /** Floats in one output row. */
    public int outRowLength() {
        return outTime * features;
    }

    /** Length the dropout mask must have, {@code outChannels*outTime*features}. */
    public int maskLength() {
        return outChannels * outTime * features;
    }

    /** Weights, bias, gamma and beta together. */
    public int parameterCount() {
        return outChannels * inChannels * kernel + 3 * outChannels;
    }

    /** Makes the memory one thread needs; reusable for any number of samples. */
    public Workspace newWorkspace() {
        return new Workspace(this);
    }

    /**
     * Computes {@code ws.output} and keeps in {@code ws} what {@link #backward} needs.
     *
     * @param params parameters, from {@code paramOffset}
     * @param in {@code [inChannels][inTime*features]}; the rows may be longer
     * @param mask null, or factors {@code [o][outTime*features]} flat, 0 where dropped
     */
    public void forward(float[] params, int paramOffset, float[][] in, float @Nullable [] mask, Workspace ws) {
        convolve(params, paramOffset, in, ws);
        int perGroup = outChannels / groups;
        for (int g = 0; g < groups; g++) {
            normalisationStatistics(g, perGroup, ws);
        }
        activateAll(params, paramOffset, mask, ws);
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
            float[][] in,
            int fromGroup,
            int toGroup,
            float @Nullable [] statistics,
            float[][] output,
            Workspace ws) {
        check(params, paramOffset, in, null, ws);
        checkRows("output", output, outChannels, outRowLength());
        ws.forwardDone = false;
        int perGroup = outChannels / groups;
        convolution(params, paramOffset, in, fromGroup * perGroup, toGroup * perGroup, ws);
        for (int g = fromGroup; g < toGroup; g++) {
            if (statistics == null) {
                for (int o = g * perGroup; o < (g + 1) * perGroup; o++) {
                    ws.channelSum[o] = sum(o, ws);
                }
                normalisationStatistics(g, perGroup, ws);
            } else {
                ws.mean[g] = statistics[g];
                ws.inverseDeviation[g] = 1 / Math.sqrt(statistics[groups + g] + EPSILON);
            }
            for (int o = g * perGroup; o < (g + 1) * perGroup; o++) {
                activateAll(params, paramOffset, o, g, output[o], ws);
            }
        }
    }

    /** Normalises, activates and pools one whole channel. */
    private void activateAll(float[] params, int paramOffset, int o, int group, float[] output, Workspace ws) {
        int gamma = paramOffset + outChannels * inChannels * kernel + outChannels;
        float gain = (float) (params[gamma + o] * ws.inverseDeviation[group]);
        float offset = params[gamma + outChannels + o];
        float[] normal = ws.taps[0];
        float[] exp = ws.taps[1];
        float[] values = ws.taps[2];
        float[] row = pooling ? ws.row : output;
        for (int chunk = 0; chunk < convChunks(); chunk++) {
            int n = convChunkLength(chunk);
            FloatLoops.centredAffine(normal, n, ws.conv[o][chunk], ws.mean[group], gain, offset);
            Mish.exponentials(normal, exp, values, n);
            Mish.values(normal, exp, values, n);
            System.arraycopy(values, 0, row, chunk * convChunk, n);
        }
        if (pooling) {
            float[] first = ws.gathered;
            float[] second = ws.gatheredNormal;
            for (int t = 0; t < outTime; t++) {
                System.arraycopy(row, 2 * t * features, first, t * features, features);
                System.arraycopy(row, (2 * t + 1) * features, second, t * features, features);
            }
            FloatLoops.max(output, outRowLength(), first, second);
        }
    }

    /**
     * The first of the three steps of a forward pass whose normalisation looks at several samples: the convolution, with
     * the sum of each channel in {@link Workspace#channelSum}. It goes on with {@link #squares} and {@link #activate}.
     */
    public void convolve(float[] params, int paramOffset, float[][] in, Workspace ws) {
        check(params, paramOffset, in, null, ws);
        ws.forwardDone = false;
        convolution(params, paramOffset, in, 0, outChannels, ws);
        for (int o = 0; o < outChannels; o++) {
            ws.channelSum[o] = sum(o, ws);
        }
    }

    /** The sum of squared deviations of one channel of the convolution's result from a mean. */
    public double squares(int channel, float mean, Workspace ws) {
        Arrays.fill(ws.acc, 0, convChunk, 0f);
        for (int chunk = 0; chunk < convChunks(); chunk++) {
            FloatLoops.addSquaredDeviations(ws.acc, convChunkLength(chunk), ws.conv[channel][chunk], mean);
        }
        return FloatLoops.foldLanes(ws.acc, convChunk, ws.fold);
    }

    /**
     * The last step of a forward pass: everything after the statistics, which come from outside.
     *
     * @param means of each group
     * @param inverseDeviations 1 / sqrt(variance + epsilon) of each group
     */
    public void activate(
            float[] params,
            int paramOffset,
            float[] means,
            double[] inverseDeviations,
            float @Nullable [] mask,
            Workspace ws) {
        System.arraycopy(means, 0, ws.mean, 0, groups);
        System.arraycopy(inverseDeviations, 0, ws.inverseDeviation, 0, groups);
        activateAll(params, paramOffset, mask, ws);
    }

    private void activateAll(float[] params, int paramOffset, float @Nullable [] mask, Workspace ws) {
        checkMask(mask);
        int perGroup = outChannels / groups;
        for (int o = 0; o < outChannels; o++) {
            activate(params, paramOffset, o, o / perGroup, mask, ws);
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
            float[][] in,
            float @Nullable [] mask,
            float[][] gradOut,
            float[] gradParams,
            float @Nullable [][] gradIn,
            Workspace ws) {
        gradientSums(params, paramOffset, mask, gradOut, gradParams, ws);
        spreadGradient(params, paramOffset, in, ws.gainedGradient, ws.gainedProduct, normalised(), gradParams, gradIn, ws);
    }

    /** Over how many values each group of one sample is normalised. */
    public long normalised() {
        return (long) (outChannels / groups) * convLength;
    }

    /**
     * The first of the two steps of a backward pass whose normalisation looked at several samples: the gradients of gamma
     * and beta, and the sums of each group in {@link Workspace#gainedGradient} and {@link Workspace#gainedProduct}. It goes
     * on with {@link #spreadGradient}, which takes these sums over all samples.
     *
     * @throws IllegalStateException if the workspace holds no forward pass
     */
    public void gradientSums(
            float[] params,
            int paramOffset,
            float @Nullable [] mask,
            float[][] gradOut,
            float[] gradParams,
            Workspace ws) {
        checkParams(params, paramOffset, ws);
        checkMask(mask);
        checkRows("gradOut", gradOut, outChannels, outRowLength());
        checkGradient(gradParams);
        if (!ws.forwardDone) {
            throw new IllegalStateException("backward needs a completed forward pass with the same workspace");
        }
        ws.prepareBackward();
        int perGroup = outChannels / groups;
        for (int g = 0; g < groups; g++) {
            gradientSums(params, paramOffset, g, perGroup, mask, gradOut, gradParams, ws);
        }
    }

    /**
     * The last step of a backward pass.
     *
     * @param gradientSums of each group, over all samples
     * @param productSums of each group, over all samples
     * @param size over how many values each group was normalised
     * @param gradIn overwritten; null when not wanted
     */
    public void spreadGradient(
            float[] params,
            int paramOffset,
            float[][] in,
            double[] gradientSums,
            double[] productSums,
            long size,
            float[] gradParams,
            float @Nullable [][] gradIn,
            Workspace ws) {
        check(params, paramOffset, in, null, ws);
        checkGradient(gradParams);
        if (gradIn != null) {
            checkRows("gradIn", gradIn, inChannels, inRowLength());
        }
        int perGroup = outChannels / groups;
        for (int g = 0; g < groups; g++) {
            spread(params, paramOffset, g, perGroup, gradientSums[g], productSums[g], size, gradParams, ws);
        }
        weightGradient(in, gradParams, ws);
        if (gradIn != null) {
            inputGradient(params, paramOffset, gradIn, ws);
        }
    }

    private void check(float[] params, int paramOffset, float[][] in, float @Nullable [] mask, Workspace ws) {
        checkParams(params, paramOffset, ws);
        checkRows("in", in, inChannels, inRowLength());
        checkMask(mask);
    }

    private void checkParams(float[] params, int paramOffset, Workspace ws) {
        if (ws.owner != this) {
            throw new IllegalArgumentException("the workspace must come from newWorkspace() of the same block");
        }
        if (paramOffset < 0 || params.length - paramOffset < parameterCount()) {
            throw new IllegalArgumentException(
                    "params must hold " + parameterCount() + " floats from offset " + paramOffset + ", got length "
                            + params.length);
        }
    }

    private void checkMask(float @Nullable [] mask) {
        if (mask != null && mask.length != maskLength()) {
            throw new IllegalArgumentException("mask must have " + maskLength() + " floats, got " + mask.length);
        }
    }

    private void checkGradient(float[] gradParams) {
        if (gradParams.length < parameterCount()) {
            throw new IllegalArgumentException(
                    "gradParams must have at least " + parameterCount() + " floats, got " + gradParams.length);
        }
    }

    private static void checkRows(String name, float[][] rows, int count, int length) {
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
    private static int chunkSize(int length) {
        int count = (length + CHUNK - 1) / CHUNK;
        return ((length + count - 1) / count + 15) & ~15;
    }

    private int convChunks() {
        return (convLength + convChunk - 1) / convChunk;
    }

    private int convChunkLength(int chunk) {
        return Math.min(convChunk, convLength - chunk * convChunk);
    }

    // ---------------------------------------------------------------- convolution

    /** A few taps (input channel, kernel position) at a time are copied to equal indices and added to every output. */
    private void convolution(
            float[] params, int paramOffset, float[][] in, int fromChannel, int toChannel, Workspace ws) {
        int step = dilation * features;
        int taps = inChannels * kernel;
        int bias = paramOffset + outChannels * taps;
        for (int chunk = 0; chunk < convChunks(); chunk++) {
            int start = chunk * convChunk;
            int n = convChunkLength(chunk);
            for (int o = fromChannel; o < toChannel; o++) {
                Arrays.fill(ws.conv[o][chunk], 0, n, params[bias + o]);
            }
            for (int q = 0; q < taps; q += TAPS) {
                int count = Math.min(TAPS, taps - q);
                for (int k = 0; k < count; k++) {
                    int c = (q + k) / kernel;
                    int j = (q + k) - c * kernel;
                    System.arraycopy(in[c], start + j * step, ws.taps[k], 0, n);
                }
                for (int o = fromChannel; o < toChannel; o++) {
                    addTaps(ws.conv[o][chunk], n, ws.taps, count, params, paramOffset + o * taps + q, 1);
                }
            }
        }
    }

    /** Adds {@code count} taps to a chunk, the k-th weighted by {@code params[w + k*stride]}, in order of k. */
    private static void addTaps(float[] y, int n, float[][] x, int count, float[] params, int w, int stride) {
        int k = 0;
        for (; k + 3 < count; k += 4) {
            FloatLoops.axpy4(
                    y, n, x[k], x[k + 1], x[k + 2], x[k + 3],
                    params[w + k * stride],
                    params[w + (k + 1) * stride],
                    params[w + (k + 2) * stride],
                    params[w + (k + 3) * stride]);
        }
        int v = w + k * stride;
        switch (count - k) {
            case 3:
                FloatLoops.axpy3(
                        y, n, x[k], x[k + 1], x[k + 2], params[v], params[v + stride], params[v + 2 * stride]);
                break;
            case 2:
                FloatLoops.axpy2(y, n, x[k], x[k + 1], params[v], params[v + stride]);
                break;
            case 1:
                FloatLoops.axpy1(y, n, x[k], params[v]);
                break;
            default:
                break;
        }
    }

    /**
     * Dot products of gradient rows and shifted input rows, in as many lanes as a chunk has floats because C2 does not
     * vectorise a sum into a scalar. Both chunked rows are zero beyond their end, so all chunks count as equally long.
     */
    private void weightGradient(float[][] in, float[] gradParams, Workspace ws) {
        int step = dilation * features;
        int taps = inChannels * kernel;
        int count = convChunks();
        int n = convChunk;
        float[] acc = ws.products;
        float[][] x = ws.shifted;
        for (int q = 0; q < taps; q++) {
            int c = q / kernel;
            int shift = (q - c * kernel) * step;
            for (int chunk = 0; chunk < count; chunk++) {
                System.arraycopy(in[c], chunk * n + shift, x[chunk], 0, convChunkLength(chunk));
            }
            for (int o = 0; o < outChannels; o++) {
                float[][] g = ws.gradConv[o];
                int chunk = 2 - (count & 1);
                if (chunk == 2) {
                    FloatLoops.products2(acc, n, g[0], x[0], g[1], x[1]);
                } else {
                    FloatLoops.products1(acc, n, g[0], x[0]);
                }
                for (; chunk < count; chunk += 2) {
                    FloatLoops.addProducts2(acc, n, g[chunk], x[chunk], g[chunk + 1], x[chunk + 1]);
                }
                gradParams[o * taps + q] += (float) FloatLoops.foldLanes(acc, n, ws.fold);
            }
        }
    }

    /** The transposed convolution: positions before and after the gradient rows count as zero. */
    private void inputGradient(float[] params, int paramOffset, float[][] gradIn, Workspace ws) {
        int length = inTime * features;
        int size = chunkSize(length);
        int step = dilation * features;
        int perOut = inChannels * kernel;
        float[][] sums = ws.gradInChunk;
        for (int start = 0; start < length; start += size) {
            int n = Math.min(size, length - start);
            for (int c = 0; c < inChannels; c++) {
                Arrays.fill(sums[c], 0, n, 0f);
            }
            // Taps are grouped within one kernel position, where weights of successive outputs are a fixed stride apart.
            for (int j = 0; j < kernel; j++) {
                for (int o = 0; o < outChannels; o += TAPS) {
                    int count = Math.min(TAPS, outChannels - o);
                    for (int k = 0; k < count; k++) {
                        copyPadded(ws.gradConv[o + k], start - j * step, ws.gradTaps[k], n);
                    }
                    for (int c = 0; c < inChannels; c++) {
                        addTaps(sums[c], n, ws.gradTaps, count, params, paramOffset + o * perOut + c * kernel + j, perOut);
                    }
                }
            }
            for (int c = 0; c < inChannels; c++) {
                System.arraycopy(sums[c], 0, gradIn[c], start, n);
            }
        }
    }

    /** Copies positions [from, from+n) of a chunked row, zero outside [0, convLength). */
    private void copyPadded(float[][] row, int from, float[] to, int n) {
        int begin = Math.min(Math.max(from, 0), from + n);
        int end = Math.max(Math.min(from + n, convLength), begin);
        Arrays.fill(to, 0, begin - from, 0f);
        int chunk = begin / convChunk;
        int within = begin - chunk * convChunk;
        int at = begin - from;
        while (at < end - from) {
            int m = Math.min(convChunk - within, end - from - at);
            System.arraycopy(row[chunk], within, to, at, m);
            at += m;
            within = 0;
            chunk++;
        }
        Arrays.fill(to, at, n, 0f);
    }

    // ---------------------------------------------------------------- normalisation and activation

    private double sum(int channel, Workspace ws) {
        Arrays.fill(ws.acc, 0, convChunk, 0f);
        for (int chunk = 0; chunk < convChunks(); chunk++) {
            FloatLoops.add(ws.acc, convChunkLength(chunk), ws.conv[channel][chunk]);
        }
        return FloatLoops.foldLanes(ws.acc, convChunk, ws.fold);
    }

    /** Mean and reciprocal deviation of a group, in two passes so that a large mean does not cost accuracy. */
    private void normalisationStatistics(int group, int perGroup, Workspace ws) {
        double sum = 0;
        for (int o = group * perGroup; o < (group + 1) * perGroup; o++) {
            sum += ws.channelSum[o];
        }
        double size = normalised();
        float mean = (float) (sum / size);
        double squares = 0;
        for (int o = group * perGroup; o < (group + 1) * perGroup; o++) {
            squares += squares(o, mean, ws);
        }
        ws.mean[group] = mean;
        ws.inverseDeviation[group] = 1.0 / Math.sqrt(squares / size + EPSILON);
    }

    /** Normalises, activates, pools and masks one channel, only where the mask is not zero. */
    private void activate(float[] params, int paramOffset, int o, int group, float @Nullable [] mask, Workspace ws) {
        int gamma = paramOffset + outChannels * inChannels * kernel + outChannels;
        float mean = ws.mean[group];
        float gain = (float) (params[gamma + o] * ws.inverseDeviation[group]);
        float offset = params[gamma + outChannels + o];
        for (int chunk = 0; chunk < convChunks(); chunk++) {
            System.arraycopy(ws.conv[o][chunk], 0, ws.row, chunk * convChunk, convChunkLength(chunk));
        }
        int[] kept = ws.kept[o];
        int n = listKept(mask, o, kept);
        ws.keptCount[o] = n;
        float[] row = ws.row;
        int[] source = ws.source[o];
        float[] value = ws.value[o];
        float[] exp = ws.exp[o];
        float[] normal = ws.normal[o];
        int out = outRowLength();
        float[] act = ws.activation;
        int f = features;
        if (pooling) {
            // Both candidates of each maximum are gathered, first ones in [0, n), second ones in [n, 2n). Mish is not
            // monotone, so the winner is known only after activation.
            float[] both = ws.gathered;
            float[] bothNormal = ws.gatheredNormal;
            float[] bothExp = ws.gatheredExp;
            int[] first = ws.firstCandidate;
            for (int i = 0; i < n; i++) {
                int s = first[kept[i]];
                source[i] = s;
                both[i] = row[s];
                both[n + i] = row[s + f];
            }
            FloatLoops.centredAffine(bothNormal, 2 * n, both, mean, gain, offset);
            Mish.exponentials(bothNormal, bothExp, act, 2 * n);
            Mish.values(bothNormal, bothExp, act, 2 * n);
            for (int i = 0; i < n; i++) {
                // 1 when the second is greater, from the sign of the difference: a branch would be mispredicted half the
                // time. Adding 0 turns a negative zero into a positive one.
                int second = Float.floatToRawIntBits(act[i] - act[n + i] + 0f) >>> 31;
                int w = i + second * n;
                act[i] = act[w];
                exp[i] = bothExp[w];
                normal[i] = bothNormal[w];
                value[i] = both[w];
                source[i] = source[i] + second * f;
            }
        } else {
            for (int i = 0; i < n; i++) {
                int p = kept[i];
                source[i] = p;
                value[i] = row[p];
            }
            FloatLoops.centredAffine(normal, n, value, mean, gain, offset);
            Mish.exponentials(normal, exp, act, n);
            Mish.values(normal, exp, act, n);
        }
        float[] output = ws.output[o];
        if (mask == null) {
            System.arraycopy(act, 0, output, 0, out);
        } else {
            Arrays.fill(output, 0f);
            int base = o * out;
            for (int i = 0; i < n; i++) {
                int p = kept[i];
                output[p] = act[i] * mask[base + p];
            }
        }
    }

    /** Lists the outputs of channel o with a nonzero mask; without branches, as a random mask defeats prediction. */
    private int listKept(float @Nullable [] mask, int o, int[] kept) {
        int out = outRowLength();
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

    /** From the gradient of the output to those of gamma and beta, and to what group normalisation spreads. */
    private void gradientSums(
            float[] params,
            int paramOffset,
            int group,
            int perGroup,
            float @Nullable [] mask,
            float[][] gradOut,
            float[] gradParams,
            Workspace ws) {
        int weights = outChannels * inChannels * kernel;
        int out = outRowLength();
        double inverse = ws.inverseDeviation[group];
        float mean = ws.mean[group];
        double weighted1 = 0;
        double weighted2 = 0;
        for (int o = group * perGroup; o < (group + 1) * perGroup; o++) {
            int n = ws.keptCount[o];
            int[] kept = ws.kept[o];
            float[] gradient = ws.keptGradient[o];
            float[] above = gradOut[o];
            if (mask == null) {
                System.arraycopy(above, 0, gradient, 0, out);
            } else {
                int base = o * out;
                for (int i = 0; i < n; i++) {
                    int p = kept[i];
                    gradient[i] = above[p] * mask[base + p];
                }
            }
            Mish.timesDerivatives(ws.normal[o], ws.exp[o], gradient, ws.activation, n);
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
            gradParams[weights + outChannels + o] += (float) dot;
            gradParams[weights + 2 * outChannels + o] += (float) sum;
            double gamma = params[paramOffset + weights + outChannels + o];
            weighted1 += gamma * sum;
            weighted2 += gamma * dot;
        }
        ws.gainedGradient[group] = weighted1;
        ws.gainedProduct[group] = weighted2;
    }

    /** From the sums over a group to the gradient of the convolution's result, with that of the bias. */
    private void spread(
            float[] params,
            int paramOffset,
            int group,
            int perGroup,
            double weighted1,
            double weighted2,
            long count,
            float[] gradParams,
            Workspace ws) {
        int weights = outChannels * inChannels * kernel;
        double inverse = ws.inverseDeviation[group];
        float mean = ws.mean[group];
        double size = count;
        // d/dx = inverse * (gamma*gradient - mean(gamma*gradient) - normalised * mean(gamma*gradient*normalised)):
        // the last two terms reach every position, the first only those kept.
        double everywhere = -inverse * weighted1 / size;
        double slope = -inverse * inverse * weighted2 / size;
        for (int o = group * perGroup; o < (group + 1) * perGroup; o++) {
            float[][] g = ws.gradConv[o];
            for (int chunk = 0; chunk < convChunks(); chunk++) {
                FloatLoops.centredAffine(
                        g[chunk], convChunkLength(chunk), ws.conv[o][chunk], mean, (float) slope, (float) everywhere);
            }
            double gamma = params[paramOffset + weights + outChannels + o] * inverse;
            float factor = (float) gamma;
            int n = ws.keptCount[o];
            int[] source = ws.source[o];
            float[] gradient = ws.keptGradient[o];
            int chunk = 0;
            int start = 0;
            float[] stretch = g[0];
            for (int i = 0; i < n; i++) {
                int s = source[i];
                // Sources come almost in order, pooling only swaps neighbouring time steps.
                while (s - start >= convChunk) {
                    start += convChunk;
                    stretch = g[++chunk];
                }
                while (s < start) {
                    start -= convChunk;
                    stretch = g[--chunk];
                }
                stretch[s - start] += factor * gradient[i];
            }
            gradParams[weights + o] +=
                    (float)
                            (gamma * ws.gradientSum[o]
                                    + everywhere * convLength
                                    + slope * (ws.channelSum[o] - (double) convLength * mean));
        }
    }

    /**
     * The memory of one thread for one block: the output and what the backward pass needs. Not thread-safe. The arrays
     * only the backward pass uses are made on its first call, nothing is allocated after that.
     */
    public static final class Workspace {

        /** Result of the last forward pass, {@code [outChannels][outTime*features]}; overwritten by the next. */
        public final float[][] output;

        /** Sum of each channel of the last convolution. */
        public final double[] channelSum;

        /** Of each group, the sum of gamma * gradient, after {@link TemporalConvolutionBlock#gradientSums}. */
        public final double[] gainedGradient;

        /** Of each group, the sum of gamma * gradient * normalised value. */
        public final double[] gainedProduct;

        private final TemporalConvolutionBlock owner;
        private boolean forwardDone;

        private final float[][][] conv;
        private final float[] mean;
        private final double[] inverseDeviation;

        // Per channel and kept output element: its index, the position of the pooling winner, and there the result of
        // the convolution, the normalised value and its exponential.
        private final int[] keptCount;
        private final int[][] kept;
        private final int[][] source;
        private final float[][] value;
        private final float[][] normal;
        private final float[][] exp;

        private final float[][] taps;
        private final float[] acc;
        private final float[][] fold = new float[3][CHUNK / 4 + 12];
        /** Where an element of a pooled row has its first candidate, (2t, f) for (t, f); a table spares a division. */
        private final int[] firstCandidate;

        private final float[] row;
        private final float[] activation;
        private final float[] gathered;
        private final float[] gatheredNormal;
        private final float[] gatheredExp;

        private float[][][] gradConv;
        private float[][] keptGradient;
        private double[] gradientSum;
        private float[][] shifted;
        private float[][] gradTaps;
        private float[] products;
        private float[][] gradInChunk;

        private Workspace(TemporalConvolutionBlock block) {
            owner = block;
            int channels = block.outChannels;
            int out = block.outRowLength();
            output = new float[channels][out];
            float[][][] chunked = chunked(channels, block.convChunks(), TAPS + 1);
            conv = Arrays.copyOf(chunked, channels);
            taps = chunked[channels];
            acc = taps[TAPS];
            channelSum = new double[channels];
            gainedGradient = new double[block.groups];
            gainedProduct = new double[block.groups];
            mean = new float[block.groups];
            inverseDeviation = new double[block.groups];
            keptCount = new int[channels];
            kept = new int[channels][out + 1]; // the branchless listing writes one past the last
            source = new int[channels][out];
            value = new float[channels][out];
            normal = new float[channels][out];
            exp = new float[channels][out];
            row = new float[block.convLength];
            firstCandidate = new int[block.pooling ? out : 0];
            for (int i = 0; i < firstCandidate.length; i++) {
                firstCandidate[i] = i + i / block.features * block.features;
            }
            int candidates = block.pooling ? 2 * out : out;
            activation = new float[candidates];
            gathered = new float[block.pooling ? candidates : 0];
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

        private void prepareBackward() {
            if (gradConv == null) {
                int channels = owner.outChannels;
                int count = owner.convChunks();
                keptGradient = new float[channels][owner.outRowLength()];
                gradientSum = new double[channels];
                float[][][] chunked = chunked(channels, count, count + TAPS + owner.inChannels + 1);
                float[][] extra = chunked[channels];
                shifted = Arrays.copyOf(extra, count);
                gradTaps = Arrays.copyOfRange(extra, count, count + TAPS);
                gradInChunk = Arrays.copyOfRange(extra, count + TAPS, count + TAPS + owner.inChannels);
                products = extra[extra.length - 1];
                gradConv = Arrays.copyOf(chunked, channels);
            }
        }
    }
}
