package io.github.spirabr.core.recording;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A part of an audio file: a stretch of time, a channel, or both. Its samples are those of the same slice of the whole
 * file: at a sample rate of r, those from round(offset * r) to before round((offset + duration) * r).
 *
 * <p>Its text is {@code 1.5+2.25} for 2.25 s from 1.5 s on, {@code 1.5+end} without a duration, and
 * {@code 1.5+2.25 channel 2} with a channel. Immutable, compared by its components, and small, as data sets list many.
 */
public final class AudioPart {

    /** The whole file, with the channels that the reader is set to. */
    public static final AudioPart WHOLE = new AudioPart(0, AudioPart.TO_THE_END, 0);

    private static final long TO_THE_END = -1;
    /** So that the end of a part is a number of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final long SECOND = 1_000_000_000;

    private final long offsetNanos;
    private final long durationNanos;
    private final int channel;

    private AudioPart(long offsetNanos, long durationNanos, int channel) {
        this.offsetNanos = offsetNanos;
        this.durationNanos = durationNanos;
        this.channel = channel;
    }

    /**
     * Returns a stretch of time.
     *
     * @param offset offset from the beginning of the file, at least 0 s and at most 365 days
     * @param duration above 0 s and at most 365 days; it ends within the file
     */
    public static AudioPart of(Duration offset, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("duration must be above 0 s and at most " + LONGEST.toSeconds() + " s, but was "
                    + text(duration) + " s; leave it out for a part up to the end of its file");
        }
        return new AudioPart(nanos(offset), duration.toNanos(), 0);
    }

    /**
     * Returns everything from a time on to the end of the file.
     *
     * @param offset offset from the beginning of the file, at least 0 s and at most 365 days
     */
    public static AudioPart from(Duration offset) {
        return new AudioPart(nanos(offset), TO_THE_END, 0);
    }

    /**
     * Returns the same stretch of time of one channel, in the place of the reader's choice.
     *
     * @param number number of the channel from 1
     */
    public AudioPart ofChannel(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("channel must be at least 1, the number of the first channel, but was " + number);
        }
        return new AudioPart(offsetNanos, durationNanos, number);
    }

    private static long nanos(Duration offset) {
        if (offset.isNegative() || offset.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("offset must be at least 0 s and at most " + LONGEST.toSeconds() + " s, but was "
                    + text(offset) + " s");
        }
        return offset.toNanos();
    }

    /** Returns the time from the beginning of the file to that of the part. */
    public Duration offset() {
        return Duration.ofNanos(offsetNanos);
    }

    /** Returns the length of the part; empty if it goes on to the end of the file. */
    public Optional<Duration> duration() {
        return durationNanos == TO_THE_END ? Optional.empty() : Optional.of(Duration.ofNanos(durationNanos));
    }

    /** Returns the number of the channel, from 1; empty if the reader's settings decide. */
    public OptionalInt channel() {
        return channel == 0 ? OptionalInt.empty() : OptionalInt.of(channel);
    }

    /** Returns whether this is {@link #WHOLE}. */
    public boolean isWhole() {
        return equals(WHOLE);
    }

    /**
     * Returns what two parts of one file share: the time that lies in both, in the channel of the one that names it. Empty if
     * they have no time in common, or name two channels.
     */
    public Optional<AudioPart> intersection(AudioPart other) {
        long first = Math.max(offsetNanos, other.offsetNanos);
        long end = Math.min(endNanos(), other.endNanos());
        boolean apart = channel != 0 && other.channel != 0 && channel != other.channel;
        if (first >= end || apart) {
            return Optional.empty();
        }
        long shared = end == Long.MAX_VALUE ? TO_THE_END : end - first;
        return Optional.of(new AudioPart(first, shared, Math.max(channel, other.channel)));
    }

    private long endNanos() {
        return durationNanos == TO_THE_END ? Long.MAX_VALUE : offsetNanos + durationNanos;
    }

    /**
     * Returns the place of the first sample in the whole file.
     *
     * @param sampleRate sample rate of the samples, in hertz
     */
    public long firstSample(int sampleRate) {
        return samples(offsetNanos, sampleRate);
    }

    /**
     * Returns the place behind the last sample in the whole file; {@link Long#MAX_VALUE} if the part goes on to the end.
     *
     * @param sampleRate sample rate of the samples, in hertz
     */
    public long endSample(int sampleRate) {
        return durationNanos == TO_THE_END ? Long.MAX_VALUE : samples(endNanos(), sampleRate);
    }

    /** Rounds half up, in integers, so that neighbouring parts neither share a sample nor leave one out. */
    private static long samples(long nanos, int sampleRate) {
        return nanos / SECOND * sampleRate + (nanos % SECOND * sampleRate + SECOND / 2) / SECOND;
    }

    /**
     * Returns what the id of a recording of this part has behind the path of its file: {@code @} and the part's text, such as
     * {@code @1.5+2.25}; an empty text for {@link #WHOLE}.
     */
    public String idSuffix() {
        return isWhole() ? "" : "@" + this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AudioPart that && offsetNanos == that.offsetNanos && durationNanos == that.durationNanos
                && channel == that.channel;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(offsetNanos) + Long.hashCode(durationNanos)) + channel;
    }

    /** Returns the part's text, with seconds as plain decimal numbers. */
    @Override
    public String toString() {
        String time = text(offset()) + "+" + duration().map(AudioPart::text).orElse("end");
        return channel == 0 ? time : time + " channel " + channel;
    }

    private static String text(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), 9));
        return seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
    }
}
