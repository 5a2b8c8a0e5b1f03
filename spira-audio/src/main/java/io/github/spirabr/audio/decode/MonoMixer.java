package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBL;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S64;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8;
import static org.bytedeco.ffmpeg.global.avutil.av_get_packed_sample_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_sample_fmt_is_planar;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * Turns frames of any sample format into linear amplitudes, and all channels into one: their arithmetic mean, or one of
 * them. Integers are divided by half their range, so that 16 bits give s / 32768. Used by one thread.
 */
final class MonoMixer {

    /** Independent channels keep 1 / channels of their power in the mean; less than this share of that is no chance. */
    private static final double CANCELLED = 0.1;
    /** The power of -60 dB of full scale, below which channels count as silent themselves. */
    private static final double SILENT = 1e-6;

    /** The number of the channel, from 1; 0 for the mean. */
    private final int channel;
    private double powerOfMean;
    private double powerOfChannels;
    private long mixed;
    private int mostChannels;
    private float[] mono = new float[0];
    private float[] plane = new float[0];
    private byte[] bytes = new byte[0];
    private short[] shorts = new short[0];
    private int[] ints = new int[0];
    private long[] longs = new long[0];
    private double[] doubles = new double[0];

    /**
     * Creates a mixer.
     *
     * @param channel the number of the channel to take, from 1; 0 for the mean of all
     */
    MonoMixer(int channel) {
        this.channel = channel;
    }

    /** Returns whether the channels cancel each other in their mean: its power is far below that of the channels. */
    boolean channelsCancel() {
        return mostChannels > 1 && powerOfChannels > SILENT * mixed
                && powerOfMean < CANCELLED / mostChannels * powerOfChannels;
    }

    /** Returns the frame's {@code nb_samples} mono samples, at the beginning of an array that the next call overwrites. */
    float[] mix(AVFrame frame) {
        int count = frame.nb_samples();
        int channels = frame.ch_layout().nb_channels();
        boolean planar = av_sample_fmt_is_planar(frame.format()) != 0;
        int format = av_get_packed_sample_fmt(frame.format());
        int perPlane = planar ? count : count * channels;
        if (plane.length < perPlane) {
            plane = new float[perPlane];
        }
        if (mono.length < count) {
            mono = new float[count];
        }
        if (channel > 0 || channels == 1) {
            int taken = Math.max(0, channel - 1);
            convert(frame.extended_data(planar ? taken : 0), format, perPlane);
            add(plane, planar ? 0 : taken, planar ? 1 : channels, count, true);
            return mono;
        }
        double power = 0;
        for (int c = 0; c < channels; c++) {
            if (planar || c == 0) {
                convert(frame.extended_data(c), format, perPlane);
            }
            power += add(plane, planar ? 0 : c, planar ? 1 : channels, count, c == 0);
        }
        mean(count, channels, power);
        return mono;
    }

    private void mean(int count, int channels, double power) {
        float share = 1f / channels;
        double ofMean = 0;
        for (int i = 0; i < count; i++) {
            mono[i] *= share;
            ofMean += (double) mono[i] * mono[i];
        }
        powerOfMean += ofMean;
        powerOfChannels += power / channels;
        mixed += count;
        mostChannels = Math.max(mostChannels, channels);
    }

    /** Returns the sum of squares. */
    private double add(float[] from, int first, int step, int count, boolean set) {
        double power = 0;
        for (int i = 0; i < count; i++) {
            float value = from[first + i * step];
            mono[i] = set ? value : mono[i] + value;
            power += (double) value * value;
        }
        return power;
    }

    private void convert(BytePointer data, int format, int count) {
        if (format == AV_SAMPLE_FMT_FLT) {
            new FloatPointer(data).get(plane, 0, count);
        } else if (format == AV_SAMPLE_FMT_S16) {
            shorts = shorts.length < count ? new short[count] : shorts;
            new ShortPointer(data).get(shorts, 0, count);
            for (int i = 0; i < count; i++) {
                plane[i] = shorts[i] * 0x1p-15f;
            }
        } else if (format == AV_SAMPLE_FMT_S32) {
            ints = ints.length < count ? new int[count] : ints;
            new IntPointer(data).get(ints, 0, count);
            for (int i = 0; i < count; i++) {
                plane[i] = ints[i] * 0x1p-31f;
            }
        } else if (format == AV_SAMPLE_FMT_U8) {
            bytes = bytes.length < count ? new byte[count] : bytes;
            data.get(bytes, 0, count);
            for (int i = 0; i < count; i++) {
                plane[i] = ((bytes[i] & 0xff) - 128) * 0x1p-7f;
            }
        } else if (format == AV_SAMPLE_FMT_DBL) {
            doubles = doubles.length < count ? new double[count] : doubles;
            new DoublePointer(data).get(doubles, 0, count);
            for (int i = 0; i < count; i++) {
                plane[i] = (float) doubles[i];
            }
        } else if (format == AV_SAMPLE_FMT_S64) {
            longs = longs.length < count ? new long[count] : longs;
            new LongPointer(data).get(longs, 0, count);
            for (int i = 0; i < count; i++) {
                plane[i] = longs[i] * 0x1p-63f;
            }
        } else {
            throw new IllegalStateException("FFmpeg gave samples of the unknown format " + format);
        }
    }
}
