package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_uninit;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_chlayout;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_double;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_int;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_sample_fmt;
import static org.bytedeco.ffmpeg.global.swresample.SWR_FILTER_TYPE_KAISER;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import java.math.BigInteger;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Resamples mono audio with libswresample: windowed sinc, Kaiser beta 9, 128 taps at the lower of the
 * two rates, half amplitude at 95 % of the lower Nyquist frequency. So the response is flat to 90 %
 * of it, and what lies above it is more than 80 dB down. No delay; L samples give round(L * to / from).
 */
final class Resampler {

    private static final int TAPS = 128;
    private static final double CUTOFF = 0.95;
    private static final double KAISER_BETA = 9;
    /** Filters for more phases than this are interpolated between their neighbours. */
    private static final int MAX_PHASES_SHIFT = 10;
    private static final int CHUNK = 1 << 14;

    private Resampler() {}

    /** A new array, or {@code Arrays.copyOf(samples, length)} if the rates are equal. */
    static float[] resample(float[] samples, int length, int from, int to) {
        if (from == to) {
            return Arrays.copyOf(samples, length);
        }
        int wanted = (int) Math.max(1, Math.round((double) length * to / from));
        float[] out = new float[wanted];
        SwrContext context = open(from, to);
        int outChunk = (int) ((long) CHUNK * to / from) + 1024;
        try (FloatPointer input = new FloatPointer(CHUNK);
                FloatPointer output = new FloatPointer(outChunk);
                BytePointer inputBytes = new BytePointer(input);
                BytePointer outputBytes = new BytePointer(output)) {
            int filled = 0;
            int fed = 0;
            while (filled < wanted) {
                int count = Math.min(CHUNK, length - fed);
                if (count > 0) {
                    input.put(samples, fed, count);
                    fed += count;
                }
                // Without input, what is still inside comes out.
                int got = swr_convert(context, outputBytes, outChunk, count > 0 ? inputBytes : null, Math.max(0, count));
                if (got < 0) {
                    throw new IllegalStateException("libswresample failed with code " + got);
                }
                if (got == 0 && count <= 0) {
                    break;
                }
                int taken = Math.min(got, wanted - filled);
                output.get(out, filled, taken);
                filled += taken;
            }
        } finally {
            swr_free(context);
        }
        return out;
    }

    private static SwrContext open(int from, int to) {
        SwrContext context = swr_alloc();
        try (AVChannelLayout mono = new AVChannelLayout()) {
            av_channel_layout_default(mono, 1);
            av_opt_set_chlayout(context, "in_chlayout", mono, 0);
            av_opt_set_chlayout(context, "out_chlayout", mono, 0);
            av_channel_layout_uninit(mono);
        }
        av_opt_set_int(context, "in_sample_rate", from, 0);
        av_opt_set_int(context, "out_sample_rate", to, 0);
        av_opt_set_sample_fmt(context, "in_sample_fmt", AV_SAMPLE_FMT_FLT, 0);
        av_opt_set_sample_fmt(context, "out_sample_fmt", AV_SAMPLE_FMT_FLT, 0);
        av_opt_set_int(context, "filter_size", TAPS, 0);
        av_opt_set_int(context, "phase_shift", MAX_PHASES_SHIFT, 0);
        int phases = to / BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
        av_opt_set_int(context, "exact_rational", 1, 0);
        av_opt_set_int(context, "linear_interp", phases > 1 << MAX_PHASES_SHIFT ? 1 : 0, 0);
        av_opt_set_int(context, "filter_type", SWR_FILTER_TYPE_KAISER, 0);
        av_opt_set_double(context, "kaiser_beta", KAISER_BETA, 0);
        av_opt_set_double(context, "cutoff", CUTOFF, 0);
        int failed = swr_init(context);
        if (failed < 0) {
            swr_free(context);
            throw new IllegalStateException(
                    "libswresample cannot go from " + from + " Hz to " + to + " Hz (code " + failed + ")");
        }
        return context;
    }
}
