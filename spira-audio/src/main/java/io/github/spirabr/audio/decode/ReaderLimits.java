package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import java.time.Duration;

/**
 * The limits beyond which a reader refuses a recording.
 *
 * @param bytes encoded
 * @param duration decoded
 * @param channels number of channels of the source
 * @param sampleRate sample rate of the source, in hertz
 * @param time time that decoding may take
 * @param samples samples of the result, after resampling
 */
record ReaderLimits(int bytes, Duration duration, int channels, int sampleRate, Duration time, int samples) {

    /** Nobody records at a lower rate, in hertz; resampling from it would take memory without measure. */
    static final int LEAST_SAMPLE_RATE = 1000;

    /**
     * Checks the length of a result before it is made.
     *
     * @param found at the rate of the result
     * @param rate rate of the result, in hertz
     * @throws AudioException if there are more samples than allowed
     */
    void requireSamples(long found, int rate, Refusals refusals) {
        if (found > samples) {
            throw refusals.of(Reason.TOO_LARGE, "at %d Hz it has more than %d samples, the reader's limit (maxSamples); "
                    + "cut it, read it at a lower rate or raise the limit", rate, samples);
        }
    }

    /**
     * Checks the number of channels.
     *
     * @throws AudioException if there are more channels than allowed
     */
    void requireChannels(int found, Refusals refusals) {
        if (found > channels) {
            throw refusals.of(Reason.TOO_LARGE, "it has %d channels, but the reader's limit is %d (maxChannels); "
                    + "save fewer channels or raise the limit", found, channels);
        }
    }

    /**
     * Checks the rate of the source.
     *
     * @param found rate that was found, in hertz
     * @throws AudioException if the rate is higher than allowed, or lower than any that is meant
     */
    void requireSampleRate(int found, Refusals refusals) {
        if (found < LEAST_SAMPLE_RATE) {
            throw refusals.of(Reason.CORRUPT, "its sample rate is %d Hz, but at least %d Hz are expected; "
                    + "the header is damaged", found, LEAST_SAMPLE_RATE);
        }
        if (found > sampleRate) {
            throw refusals.of(Reason.TOO_LARGE, "its sample rate is %d Hz, but the reader's limit is %d Hz (maxSampleRate); "
                    + "save it with a lower rate or raise the limit", found, sampleRate);
        }
    }
}
