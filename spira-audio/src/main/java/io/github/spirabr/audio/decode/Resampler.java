package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_double;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_int;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_sample_fmt;
import static org.bytedeco.ffmpeg.global.swresample.SWR_FILTER_TYPE_KAISER;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import java.math.BigInteger;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Resamples mono audio block by block with libswresample: windowed sinc, Kaiser beta 9, 128 taps at the
 * lower of the two rates, half amplitude at 95 % of the lower Nyquist frequency. So the response is flat
 * to 90 % of it, and what lies above it is more than 80 dB down. No delay; L samples give
 * round(L * to / from), at least one. What lies before the first sample and after the last is taken to be
 * the signal's mirror image. The result does not depend on the size of the blocks. Used by one thread.
 */
final class Resampler implements AutoCloseable {

    private static final int TAPS = 128;
    private static final double CUTOFF = 0.95;
    private static final double KAISER_BETA = 9;
    /** Filters for more phases than this are interpolated between their neighbours. */
    private static final int MAX_PHASES_SHIFT = 10;
    private static final int CHUNK = 1 << 13;

    private final int from;
    private final int to;
    private final FloatSamples out = new FloatSamples();
    /** Samples until there are enough of them for a call; the library is silent about a few. */
    private final float[] block;
    private int blockLength;
    private long taken;
    private final SwrContext context;
    private final int outChunk;
    private final float[] converted;
    private final FloatPointer input;
    private final FloatPointer output;
    private final BytePointer inputBytes;
    private final BytePointer outputBytes;

    /**
     * Creates a resampler.
     *
     * @param from the source's rate, in hertz, at least 1000
     * @param to another rate, in hertz, at least 1000
     */
    Resampler(int from, int to) {
        this.from = from;
        this.to = to;
        this.block = new float[Math.max(CHUNK, 2 * filterLength(from, to))];
        this.context = open(from, to);
        this.outChunk = (int) ((long) CHUNK * to / from) + 1024;
        this.converted = new float[outChunk];
        this.inputBytes = new BytePointer(av_malloc(4L * CHUNK));
        this.outputBytes = new BytePointer(av_malloc(4L * outChunk));
        this.input = new FloatPointer(inputBytes);
        this.output = new FloatPointer(outputBytes);
    }

    /** Returns at least as many samples as one output sample is computed from. */
    static int filterLength(int from, int to) {
        return (int) Math.ceil(TAPS * Math.max(1, (double) from / to) / CUTOFF) + 8;
    }

    /** Takes the next samples; returns false if the result would be longer than an array can be. */
    boolean put(float[] samples, int count) {
        int at = 0;
        while (at < count) {
            int copied = Math.min(count - at, block.length - blockLength);
            System.arraycopy(samples, at, block, blockLength, copied);
            at += copied;
            blockLength += copied;
            if (blockLength == block.length) {
                if (!convertAll(block, blockLength)) {
                    return false;
                }
                blockLength = 0;
            }
        }
        taken += count;
        return true;
    }

    /**
     * Returns resampled samples; the last call. Without any input they are silence.
     *
     * @param first the first one
     * @param wanted the number of samples
     */
    float[] finish(int first, int wanted) {
        if (taken > 0 && taken < 2L * filterLength(from, to)) {
            return resampleMirrored(first, wanted);
        }
        convertAll(block, blockLength);
        drain();
        return out.take(first, wanted);
    }

    /** Resamples a short signal together with its mirror images, and cuts off a whole number of periods again. */
    private float[] resampleMirrored(int first, int wanted) {
        int margin = 2 * filterLength(from, to);
        int step = from / gcd(from, to);
        int before = (margin / step + 1) * step;
        float[] extended = new float[before + blockLength + margin];
        int period = 2 * blockLength;
        for (int i = 0; i < extended.length; i++) {
            int at = Math.floorMod(i - before, period);
            extended[i] = block[at < blockLength ? at : period - 1 - at];
        }
        convertAll(extended, extended.length);
        drain();
        int skipped = (int) ((long) before * to / from);
        return out.take(skipped + first, wanted);
    }

    private boolean convertAll(float[] samples, int end) {
        for (int at = 0; at < end; at += CHUNK) {
            int count = Math.min(CHUNK, end - at);
            input.put(samples, at, count);
            if (convert(inputBytes, count) < 0) {
                return false;
            }
        }
        return true;
    }

    private void drain() {
        int got;
        do {
            got = convert(null, 0);
        } while (got > 0);
    }

    /** Returns how many samples came out; negative if they are too many. */
    private int convert(@Nullable BytePointer block, int count) {
        int got = swr_convert(context, outputBytes, outChunk, block, count);
        if (got < 0) {
            throw new IllegalStateException("libswresample failed with code " + got);
        }
        output.get(converted, 0, got);
        return out.add(converted, got) ? got : -1;
    }

    /** Returns the greatest common divisor of two rates. */
    static int gcd(int from, int to) {
        return BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
    }

    private SwrContext open(int from, int to) {
        SwrContext opened = swr_alloc();
        av_opt_set(opened, "in_chlayout", "mono", 0);
        av_opt_set(opened, "out_chlayout", "mono", 0);
        av_opt_set_int(opened, "in_sample_rate", from, 0);
        av_opt_set_int(opened, "out_sample_rate", to, 0);
        av_opt_set_sample_fmt(opened, "in_sample_fmt", AV_SAMPLE_FMT_FLT, 0);
        av_opt_set_sample_fmt(opened, "out_sample_fmt", AV_SAMPLE_FMT_FLT, 0);
        av_opt_set_int(opened, "filter_size", TAPS, 0);
        av_opt_set_int(opened, "phase_shift", MAX_PHASES_SHIFT, 0);
        av_opt_set_int(opened, "exact_rational", 1, 0);
        av_opt_set_int(opened, "linear_interp", to / gcd(from, to) > 1 << MAX_PHASES_SHIFT ? 1 : 0, 0);
        av_opt_set_int(opened, "filter_type", SWR_FILTER_TYPE_KAISER, 0);
        av_opt_set_double(opened, "kaiser_beta", KAISER_BETA, 0);
        // The option is a share of the output's Nyquist frequency, here that of the lower of both is meant.
        av_opt_set_double(opened, "cutoff", CUTOFF * Math.min(1, (double) from / to), 0);
        int failed = swr_init(opened);
        if (failed < 0) {
            swr_free(opened);
            throw new IllegalStateException(
                    "libswresample cannot go from " + from + " Hz to " + to + " Hz (code " + failed + ")");
        }
        return opened;
    }

    @Override
    public void close() {
        swr_free(context);
        av_free(inputBytes);
        av_free(outputBytes);
    }
}
