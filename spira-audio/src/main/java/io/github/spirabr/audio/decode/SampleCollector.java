package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.audio.AudioException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Takes decoded frames and makes mono samples of the wished rate of them, within the reader's limits.
 * Only the result is kept, so that memory follows its length, whatever the source's rate. Used by one
 * thread.
 */
final class SampleCollector implements AutoCloseable {

    private final ReaderLimits limits;
    private final Refusals refusals;
    private final int sourceRate;
    private final long most;
    private final MonoMixer mixer = new MonoMixer();
    private final FloatSamples untouched = new FloatSamples();
    private final @Nullable Resampler resampler;
    private long decoded;

    SampleCollector(int sourceRate, int targetRate, ReaderLimits limits, Refusals refusals) {
        this.sourceRate = sourceRate;
        this.limits = limits;
        this.refusals = refusals;
        this.most = (long) (limits.duration().toNanos() / 1e9 * sourceRate);
        this.resampler = sourceRate == targetRate ? null : new Resampler(sourceRate, targetRate);
    }

    /**
     * @throws AudioException if the frame is of another rate, not finite, or too much
     */
    void take(AVFrame frame) {
        int count = frame.nb_samples();
        if (frame.sample_rate() != sourceRate) {
            throw refusals.of(Reason.CORRUPT, "the sample rate changes from %d Hz to %d Hz within the file; "
                    + "save it with one rate", sourceRate, frame.sample_rate());
        }
        limits.requireChannels(frame.ch_layout().nb_channels(), refusals);
        if (decoded + count > most) {
            throw tooLong();
        }
        float[] mono = mixer.mix(frame);
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(mono[i])) {
                throw refusals.of(Reason.NOT_FINITE, "the sample at %.3f s is %s, which is no amplitude; "
                        + "repair the recording or leave it out", (double) (decoded + i) / sourceRate, mono[i]);
            }
        }
        boolean kept = resampler == null ? keep(mono, count) : resampler.put(mono, count);
        if (!kept) {
            throw tooLong();
        }
        decoded += count;
    }

    private boolean keep(float[] mono, int count) {
        if (!untouched.reserve(count)) {
            return false;
        }
        System.arraycopy(mono, 0, untouched.values(), untouched.length(), count);
        untouched.grow(count);
        return true;
    }

    /** How many samples of each channel were taken, at the source's rate. */
    long decoded() {
        return decoded;
    }

    /** All samples at the wished rate; the last call. */
    float[] finish() {
        if (resampler == null) {
            return untouched.toArray(untouched.length());
        }
        float[] samples = resampler.finish();
        for (float sample : samples) {
            if (!Float.isFinite(sample)) {
                throw refusals.of(Reason.NOT_FINITE, "its amplitudes are so large that resampling them from %d Hz "
                        + "gives %s; repair the recording or leave it out", sourceRate, sample);
            }
        }
        return samples;
    }

    private AudioException tooLong() {
        return refusals.of(Reason.TOO_LARGE, "it is longer than %s s, the reader's limit; cut it or raise the limit",
                limits.duration().toMillis() / 1e3);
    }

    @Override
    public void close() {
        if (resampler != null) {
            resampler.close();
        }
    }
}
