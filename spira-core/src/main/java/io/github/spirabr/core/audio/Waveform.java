package io.github.spirabr.core.audio;

import io.github.spirabr.core.internal.Sha256;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mono audio: linear amplitudes, nominally in [-1, 1] (not clipped, so that lossy codecs may exceed
 * it a little). Never empty, always finite. Immutable and safe to share between threads.
 */
public final class Waveform {

    private final float[] samples;
    private final int sampleRate;
    private final @Nullable SourceFormat source;

    private Waveform(float[] samples, int sampleRate, @Nullable SourceFormat source) {
        if (sampleRate < 1) {
            throw new IllegalArgumentException("sampleRate must be positive, but was " + sampleRate + " Hz");
        }
        if (samples.length == 0) {
            throw new IllegalArgumentException("a waveform must have at least one sample");
        }
        for (int i = 0; i < samples.length; i++) {
            if (!Float.isFinite(samples[i])) {
                throw new IllegalArgumentException("sample " + i + " of " + samples.length + " is " + samples[i]
                        + "; amplitudes must be finite");
            }
        }
        this.samples = samples;
        this.sampleRate = sampleRate;
        this.source = source;
    }

    /**
     * Returns a waveform of these samples, which are copied.
     *
     * @param samples mono amplitudes, at least one, all finite
     * @param sampleRate sample rate, in hertz
     */
    public static Waveform of(float[] samples, int sampleRate) {
        return new Waveform(samples.clone(), sampleRate, null);
    }

    /**
     * Returns a decoded waveform with its source format.
     *
     * @param samples mono amplitudes, at least one, all finite; copied
     * @param sampleRate sample rate, in hertz, after resampling
     * @param source the format of the decoded bytes
     */
    public static Waveform decoded(float[] samples, int sampleRate, SourceFormat source) {
        return new Waveform(samples.clone(), sampleRate, source);
    }

    /** Returns the number of samples. */
    public int length() {
        return samples.length;
    }

    /** Returns the sample rate in hertz. */
    public int sampleRate() {
        return sampleRate;
    }

    /** Returns the format that this was decoded from; empty for a waveform made in memory. */
    public Optional<SourceFormat> source() {
        return Optional.ofNullable(source);
    }

    /** Returns the length over the rate, to the nanosecond. */
    public Duration duration() {
        return Duration.ofNanos(Math.round(samples.length * 1e9 / sampleRate));
    }

    /** Returns the amplitude of sample {@code index}. */
    public float sample(int index) {
        return samples[index];
    }

    /** Returns a copy of all samples. */
    public float[] toArray() {
        return samples.clone();
    }

    /**
     * Returns the SHA-256 of the samples, rounded to 16 bits, in lower-case hexadecimal: equal for lossless copies of one
     * recording, independent of their format.
     */
    public String digest() {
        ByteBuffer rounded = ByteBuffer.allocate(Short.BYTES * samples.length);
        for (float sample : samples) {
            rounded.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sample * 32768))));
        }
        return Sha256.hex(rounded.array());
    }

    /**
     * Copies a stretch of samples; what lies past the waveform's end is zero.
     *
     * @param from the first sample, at least 0; may lie past the end
     * @param target receives the stretch
     * @param offset first index in {@code target}
     * @param count number of samples
     */
    public void copyTo(int from, float[] target, int offset, int count) {
        int available = Math.max(0, Math.min(count, samples.length - from));
        if (available > 0) {
            System.arraycopy(samples, from, target, offset, available);
        }
        Arrays.fill(target, offset + available, offset + count, 0f);
    }

    @Override
    public String toString() {
        return "Waveform[" + samples.length + " samples at " + sampleRate + " Hz]";
    }
}
