package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Takes decoded frames and makes mono samples of the reader's rate of them, within the reader's limits. It keeps the result
 * alone, so that memory follows its length, whatever the source's rate, and passes over what lies outside the recording's
 * part of the file. Used by one thread.
 */
final class SampleCollector implements AutoCloseable {

    private static final float[] SILENCE = new float[1 << 13];
    /** Hostile time stamps tell of holes of any length. */
    private static final long LONGEST_HOLE = Long.MAX_VALUE / 4;

    private final ReaderLimits limits;
    private final Refusals refusals;
    private final Slice slice;
    private final int sourceRate;
    private final int targetRate;
    private final int channel;
    private final long most;
    private final MonoMixer mixer;
    private final FloatSamples untouched = new FloatSamples();
    private final @Nullable Resampler resampler;
    /** The place in the file. */
    private long decoded;
    /** Number of the samples of the part that were taken. */
    private long ofPart;

    /**
     * Creates a collector.
     *
     * @param position the place in the file of the first sample that will be taken
     * @param channel the number of the channel to take, from 1; 0 for the mean of all
     */
    SampleCollector(Slice slice, long position, int channel, ReaderLimits limits, Refusals refusals) {
        this.slice = slice;
        this.decoded = position;
        this.sourceRate = slice.from();
        this.targetRate = slice.to();
        this.channel = channel;
        this.limits = limits;
        this.refusals = refusals;
        this.most = (long) (limits.duration().toNanos() / 1e9 * sourceRate);
        this.mixer = new MonoMixer(channel);
        this.resampler = sourceRate == targetRate ? null : new Resampler(sourceRate, targetRate);
    }

    /**
     * Takes a frame.
     *
     * @throws AudioException if the frame is of another rate, not finite, or too much
     */
    void take(AVFrame frame) {
        int count = frame.nb_samples();
        if (frame.sample_rate() != sourceRate) {
            throw refusals.of(Reason.CORRUPT, "the sample rate changes from %d Hz to %d Hz within the file; "
                    + "save it with one rate", sourceRate, frame.sample_rate());
        }
        int channels = frame.ch_layout().nb_channels();
        limits.requireChannels(channels, refusals);
        if (channel > channels) {
            throw refusals.of(Reason.NO_AUDIO_STREAM, "channel must be at most %d, the number of its channels, but was %d; "
                    + "choose another channel, or their mean", channels, channel);
        }
        requireRoom(count);
        int from = (int) Math.min(count, Math.max(0, slice.firstNeeded() - decoded));
        int until = (int) Math.max(from, Math.min(count, slice.endNeeded() - decoded));
        if (from < until) {
            float[] mono = mixer.mix(frame);
            for (int i = from; i < until; i++) {
                if (!Float.isFinite(mono[i])) {
                    throw refusals.of(Reason.NOT_FINITE, "the sample at %.3f s is %s, which is no amplitude; "
                            + "repair the recording or leave it out", (double) (decoded + i) / sourceRate, mono[i]);
                }
            }
            System.arraycopy(mono, from, mono, 0, until - from);
            keep(mono, until - from);
        }
        pass(count);
    }

    /**
     * Puts silence in the place of missing samples.
     *
     * @throws AudioException if it is too much
     */
    void takeSilence(long count) {
        if (slice.within(decoded, count) > most - ofPart) {
            throw refusals.of(Reason.TOO_LARGE, "a hole of %.2f s in its time stamps makes it longer than %s s, the reader's "
                    + "limit (maxDuration); raise the limit, or set gaps to close", (double) count / sourceRate,
                    limits.duration().toMillis() / 1e3);
        }
        requireRoom(count);
        long needed = Math.min(count, slice.endNeeded() - decoded) - Math.max(0, slice.firstNeeded() - decoded);
        for (long left = needed; left > 0; left -= SILENCE.length) {
            keep(SILENCE, (int) Math.min(left, SILENCE.length));
        }
        pass(Math.min(count, LONGEST_HOLE));
    }

    private void requireRoom(long count) {
        long taken = ofPart + slice.within(decoded, count);
        if (taken > most) {
            throw tooLong();
        }
        limits.requireSamples(taken * targetRate / sourceRate, targetRate, refusals);
    }

    private void pass(long count) {
        ofPart += slice.within(decoded, count);
        decoded += count;
    }

    private void keep(float[] mono, int count) {
        boolean kept = resampler == null ? untouched.add(mono, count) : resampler.put(mono, count);
        if (!kept) {
            throw tooLong();
        }
    }

    /** Returns the place in the file behind the last sample that was taken, at the file's rate. */
    long decoded() {
        return decoded;
    }

    /** Returns how many samples of the part were taken, at the file's rate. */
    long ofPart() {
        return ofPart;
    }

    /** Returns whether nothing of what follows is needed. */
    boolean isFull() {
        return decoded >= slice.endNeeded();
    }

    /** Returns whether the channels cancel each other in their mean. */
    boolean channelsCancel() {
        return mixer.channelsCancel();
    }

    /**
     * Returns the part's samples at the reader's rate; the last call.
     *
     * @throws AudioException if the part is not in the file, or too loud
     */
    float[] finish() {
        int length = isFull() ? slice.length() : slice.length(decoded, refusals);
        if (resampler == null) {
            return untouched.take(0, length);
        }
        float[] samples = resampler.finish(slice.skipped(), length);
        for (float sample : samples) {
            if (!Float.isFinite(sample)) {
                throw refusals.of(Reason.NOT_FINITE, "its amplitudes are so large that resampling them from %d Hz "
                        + "gives %s; repair the recording or leave it out", sourceRate, sample);
            }
        }
        return samples;
    }

    private AudioException tooLong() {
        return refusals.of(Reason.TOO_LARGE,
                "it is longer than %s s, the reader's limit (maxDuration); cut it or raise the limit",
                limits.duration().toMillis() / 1e3);
    }

    @Override
    public void close() {
        if (resampler != null) {
            resampler.close();
        }
    }
}
