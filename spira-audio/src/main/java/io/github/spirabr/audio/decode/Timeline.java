package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** The one clock of a recording: it compares time stamps with the samples that were decoded. Used by one thread. */
final class Timeline {

    /** A lag is a hole from here on, in seconds, however it came about; FFmpeg's asynchronous resampling agrees. */
    private static final double LONGEST_LAG = 0.1;
    /** A jump is a hole from here on, in seconds, if at least {@link #WHOLE} of a packet is missing. */
    private static final double SHORTEST_PACKET = 0.02;
    /** Containers round time stamps to milliseconds. */
    private static final double WHOLE = 0.9;

    private final double unit;
    private final int rate;
    /** The time of the first sample if there were neither holes that stay open nor steps back. */
    private double offset = Double.NaN;
    private double origin;
    private double previousEnd = Double.NaN;
    private int previousLength;

    /**
     * Creates a clock.
     *
     * @param unit unit of the time stamps, in seconds
     * @param rate rate of the samples, in hertz
     */
    Timeline(double unit, int rate) {
        this.unit = unit;
        this.rate = rate;
    }

    /**
     * Returns how many samples are missing before a frame, and goes on to the frame's end.
     *
     * @param position the number of samples before the frame
     * @param filled whether silence takes the place of missing samples
     */
    long missingBefore(AVFrame frame, long position, boolean filled) {
        if (frame.pts() == AV_NOPTS_VALUE) {
            previousEnd = Double.NaN;
            return 0;
        }
        int length = frame.nb_samples();
        double time = frame.pts() * unit;
        if (Double.isNaN(offset)) {
            offset = time - (double) position / rate;
            origin = offset;
        }
        double lag = time - offset - (double) position / rate;
        boolean packetMissing = length == previousLength && lag >= SHORTEST_PACKET * WHOLE
                && time - previousEnd >= WHOLE * Math.max(SHORTEST_PACKET, (double) length / rate);
        boolean hole = lag >= LONGEST_LAG || packetMissing;
        if (lag <= -LONGEST_LAG || hole && !filled) {
            offset += lag;
        }
        previousEnd = time + (double) length / rate;
        previousLength = length;
        return hole ? Math.round(lag * rate) : 0;
    }

    /** Returns the time stamp of the first sample, in seconds; 0 without time stamps. */
    double origin() {
        return origin;
    }
}
