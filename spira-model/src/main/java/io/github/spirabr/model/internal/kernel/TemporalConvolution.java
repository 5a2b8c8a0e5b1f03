package io.github.spirabr.model.internal.kernel;

import java.util.Arrays;

/** The 'valid' dilated convolution over time of a {@link TemporalConvolutionBlock}, and its gradients. Immutable. */
final class TemporalConvolution {

    /** Taps copied per visit of the output chunks, a multiple of 4. */
    static final int TAPS = 8;

    private final BlockShape shape;

    TemporalConvolution(BlockShape shape) {
        this.shape = shape;
    }

    /** A few taps (input channel, kernel position) at a time are copied to equal indices and added to every output. */
    void forward(
            float[] params, int paramOffset, float[][] in, int fromChannel, int toChannel, BlockWorkspace ws) {
        int step = shape.dilation * shape.features;
        int taps = shape.inChannels * shape.kernel;
        int bias = paramOffset + shape.outChannels * taps;
        for (int chunk = 0; chunk < shape.convChunks(); chunk++) {
            int start = chunk * shape.convChunk;
            int n = shape.convChunkLength(chunk);
            for (int o = fromChannel; o < toChannel; o++) {
                Arrays.fill(ws.conv[o][chunk], 0, n, params[bias + o]);
            }
            for (int q = 0; q < taps; q += TAPS) {
                int count = Math.min(TAPS, taps - q);
                for (int k = 0; k < count; k++) {
                    int c = (q + k) / shape.kernel;
                    int j = (q + k) - c * shape.kernel;
                    System.arraycopy(in[c], start + j * step, ws.taps[k], 0, n);
                }
                for (int o = fromChannel; o < toChannel; o++) {
                    FloatLoops.addWeighted(ws.conv[o][chunk], n, ws.taps, count, params, paramOffset + o * taps + q, 1);
                }
            }
        }
    }

    /**
     * Dot products of gradient rows and shifted input rows, in as many lanes as a chunk has floats because C2 does not
     * vectorise a sum into a scalar. Both chunked rows are zero beyond their end, so all chunks count as equally long.
     */
    void weightGradient(float[][] in, float[] gradParams, BlockWorkspace ws) {
        int step = shape.dilation * shape.features;
        int taps = shape.inChannels * shape.kernel;
        int count = shape.convChunks();
        int n = shape.convChunk;
        float[] acc = ws.products;
        float[][] x = ws.shifted;
        for (int q = 0; q < taps; q++) {
            int c = q / shape.kernel;
            int shift = (q - c * shape.kernel) * step;
            for (int chunk = 0; chunk < count; chunk++) {
                System.arraycopy(in[c], chunk * n + shift, x[chunk], 0, shape.convChunkLength(chunk));
            }
            for (int o = 0; o < shape.outChannels; o++) {
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
    void inputGradient(float[] params, int paramOffset, float[][] gradIn, BlockWorkspace ws) {
        int length = shape.inTime * shape.features;
        int size = BlockShape.chunkSize(length);
        int step = shape.dilation * shape.features;
        int perOut = shape.inChannels * shape.kernel;
        float[][] sums = ws.gradInChunk;
        for (int start = 0; start < length; start += size) {
            int n = Math.min(size, length - start);
            for (int c = 0; c < shape.inChannels; c++) {
                Arrays.fill(sums[c], 0, n, 0f);
            }
            // Taps are grouped within one kernel position, where weights of successive outputs are a fixed stride apart.
            for (int j = 0; j < shape.kernel; j++) {
                for (int o = 0; o < shape.outChannels; o += TAPS) {
                    int count = Math.min(TAPS, shape.outChannels - o);
                    for (int k = 0; k < count; k++) {
                        copyPadded(ws.gradConv[o + k], start - j * step, ws.gradTaps[k], n);
                    }
                    for (int c = 0; c < shape.inChannels; c++) {
                        FloatLoops.addWeighted(sums[c], n, ws.gradTaps, count, params, paramOffset + o * perOut + c * shape.kernel + j, perOut);
                    }
                }
            }
            for (int c = 0; c < shape.inChannels; c++) {
                System.arraycopy(sums[c], 0, gradIn[c], start, n);
            }
        }
    }

    /** Copies positions [from, from+n) of a chunked row, zero outside [0, convLength). */
    private void copyPadded(float[][] row, int from, float[] to, int n) {
        int begin = Math.min(Math.max(from, 0), from + n);
        int end = Math.max(Math.min(from + n, shape.convLength), begin);
        Arrays.fill(to, 0, begin - from, 0f);
        int chunk = begin / shape.convChunk;
        int within = begin - chunk * shape.convChunk;
        int at = begin - from;
        while (at < end - from) {
            int m = Math.min(shape.convChunk - within, end - from - at);
            System.arraycopy(row[chunk], within, to, at, m);
            at += m;
            within = 0;
            chunk++;
        }
        Arrays.fill(to, at, n, 0f);
    }
}
