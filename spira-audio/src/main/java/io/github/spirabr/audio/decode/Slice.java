package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.recording.AudioPart;

/**
 * The samples of a part of a file, and those of the file that they are resampled from. Around the latter lies a margin that
 * is wider than the filter, and the first of them falls on a sample of the result, so that the resampled samples are those
 * of the whole file.
 *
 * @param part part for messages
 * @param from the file's rate, in hertz
 * @param to the rate of the result, in hertz
 * @param first the part's first sample, at the rate of the result
 * @param end the place behind its last one; {@link Long#MAX_VALUE} for a part that goes on to the end of the file
 * @param firstNeeded the first sample of the file that is needed
 * @param endNeeded the place behind the last one; {@link Long#MAX_VALUE} if all are
 */
record Slice(AudioPart part, int from, int to, long first, long end, long firstNeeded, long endNeeded) {

    /** A part may end so much later than its file, in seconds, as lengths in tables are rounded. */
    private static final double TOLERATED = 0.1;

    /**
     * Computes the slice of a part.
     *
     * @throws AudioException if the part is shorter than a sample
     */
    static Slice of(AudioPart part, int from, int to, Refusals refusals) {
        long first = part.firstSample(to);
        long end = part.endSample(to);
        if (first == end) {
            throw refusals.of(Reason.TOO_SHORT, "its part %s has no sample at %d Hz; correct its duration", part, to);
        }
        if (from == to) {
            return new Slice(part, from, to, first, end, first, end);
        }
        long margin = 2L * Resampler.filterLength(from, to);
        int step = from / Resampler.gcd(from, to);
        long firstNeeded = Math.max(0, (first * from / to - margin) / step * step);
        long endNeeded = end == Long.MAX_VALUE ? end : end * from / to + 1 + margin;
        return new Slice(part, from, to, first, end, firstNeeded, endNeeded);
    }

    /** Returns whether the part goes on to the end of the file. */
    boolean isOpen() {
        return end == Long.MAX_VALUE;
    }

    /** Returns the place in the samples resampled from the needed ones at which the part begins. */
    int skipped() {
        return (int) (first - firstNeeded / (from / Resampler.gcd(from, to)) * (to / Resampler.gcd(from, to)));
    }

    /** Returns how many of the part's samples, at the file's rate, lie in a stretch of the file. */
    long within(long position, long count) {
        return Math.max(0, Math.min(count, at(end) - position) - Math.max(0, at(first) - position));
    }

    /** Returns the place in the file of a sample of the result. */
    private long at(long sample) {
        return sample == Long.MAX_VALUE ? sample : sample * from / to;
    }

    /**
     * Returns the number of the part's samples in a file that has ended.
     *
     * @param decoded the number of samples of the file
     * @throws AudioException if the part begins or ends beyond the end of the file
     */
    int length(long decoded, Refusals refusals) {
        long all = Math.max(1, Math.round((double) decoded * to / from));
        double seconds = (double) decoded / from;
        if (first >= all) {
            throw refusals.of(Reason.CORRUPT, "its part %s begins beyond the end of the file, which has %.3f s; correct its "
                    + "offset, or restore the file", part, seconds);
        }
        if (!isOpen() && end - all > TOLERATED * to) {
            throw refusals.of(Reason.CORRUPT, "its part %s ends beyond the end of the file, which has %.3f s; correct its "
                    + "duration, leave it out for a part up to the end, or restore the file", part, seconds);
        }
        return (int) Math.min(FloatSamples.MOST, Math.min(end, all) - first);
    }

    /** Returns the number of the part's samples, all of which are in the file. */
    int length() {
        return (int) Math.min(FloatSamples.MOST, end - first);
    }
}
