package io.github.spirabr.audio.features;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.WindowSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Power spectrograms: for each frame the power of fftSize / 2 + 1 frequencies, exactly
 * {@code torchaudio.transforms.Spectrogram(fftSize, windowLength, hopLength)} of torchaudio 0.13, transposed to
 * [frames × bins]. Bin k is at k * sampleRate / fftSize hertz; values are powers (power = 2), not decibels.
 *
 * <p>Frame t is centred on sample t * hopLength. The signal is continued at both ends by reflection (without
 * repeating the end sample) by fftSize / 2 samples, so L samples give 1 + floor(L / hopLength) frames (L - 1 in
 * place of L where fftSize is odd). An input of at most fftSize / 2 samples cannot be reflected that far and is
 * refused with an {@link IllegalArgumentException}, by {@link #frames} as well as by {@code extract}.
 *
 * <p>Each frame is weighted with a periodic Hann window, w[n] = (1 - cos(2 pi n / windowLength)) / 2 for
 * n = 0 .. windowLength - 1, in the middle of fftSize samples with zeros on both sides. The power spectrum is
 * P[k] = |sum of w[n] x[n] exp(-2 pi i k n / fftSize)|², k = 0 .. floor(fftSize / 2), without normalisation.
 *
 * <p>Windows that start a multiple of hopLength apart share the frames that lie within them; the numbers are,
 * bit by bit, those of each window on its own, and do not depend on threads. Arithmetic is in single precision:
 * amplitudes that overflow it (some 1e15) are refused. Immutable and safe for any number of threads.
 */
public final class Spectrogram implements FeatureExtractor {

    private static final String TYPE = "spectrogram";

    private final Framing framing;
    private final FrameEngine engine;

    private Spectrogram(Builder builder) {
        this.framing = new Framing(builder.fftSize, builder.windowLength, builder.hopLength);
        this.engine = new FrameEngine(framing);
    }

    private FrameEngine.Reduction reduction() {
        return new Bins(framing.bins());
    }

    private record Bins(int width) implements FrameEngine.Reduction {

        @Override
        public void reduce(float[][] power, int first, int lanes, float[] values) {
            Rows.transpose(power, width, lanes, values, first * width, width);
        }

        @Override
        public FeatureMatrix assemble(float[] values, int[] slots) {
            return Rows.matrix(values, width, width, slots);
        }
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with the settings of this extractor. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.fftSize = framing.fftSize();
        builder.windowLength = framing.windowLength();
        builder.hopLength = framing.hopLength();
        return builder;
    }

    @Override
    public int features() {
        return framing.bins();
    }

    /**
     * @throws IllegalArgumentException if so few samples, at most fftSize / 2, cannot be reflected at their ends
     */
    @Override
    public int frames(int samples) {
        return framing.frames(samples);
    }

    /**
     * @throws IllegalArgumentException if the waveform has at most fftSize / 2 samples
     */
    @Override
    public FeatureMatrix extract(Waveform waveform) {
        return engine.extract(waveform, reduction());
    }

    @Override
    public List<FeatureMatrix> extract(Waveform waveform, List<WindowSpan> windows) {
        return engine.extract(waveform, windows, reduction());
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("fftSize", framing.fftSize());
        settings.put("windowLength", framing.windowLength());
        settings.put("hopLength", framing.hopLength());
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Spectrogram that && description().equals(that.description());
    }

    @Override
    public int hashCode() {
        return description().hashCode();
    }

    @Override
    public String toString() {
        return "Spectrogram" + description().settings();
    }

    /** Settings of a {@link Spectrogram}; checked together by {@link #build}. Not thread-safe. */
    public static final class Builder {

        private int fftSize = 1200;
        private int windowLength = 400;
        private int hopLength = 160;

        private Builder() {}

        /** The size of the Fourier transform, in samples: 2 to 1048576; by default 1200 (75 ms at 16 kHz). */
        public Builder fftSize(int samples) {
            this.fftSize = samples;
            return this;
        }

        /** The length of the Hann window, in samples: 1 to fftSize; by default 400 (25 ms at 16 kHz). */
        public Builder windowLength(int samples) {
            this.windowLength = samples;
            return this;
        }

        /** From one frame to the next, in samples: 1 to windowLength; by default 160 (10 ms at 16 kHz). */
        public Builder hopLength(int samples) {
            this.hopLength = samples;
            return this;
        }

        /**
         * The extractor.
         *
         * @throws IllegalArgumentException if a setting is out of its range; the message names it
         */
        public Spectrogram build() {
            return new Spectrogram(this);
        }
    }

    /** Registers {@code spectrogram}; the settings and their defaults are those of the {@link Builder}. */
    public static final class Provider implements ComponentProvider<FeatureExtractor> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public Class<FeatureExtractor> port() {
            return FeatureExtractor.class;
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public FeatureExtractor create(Settings settings) {
            Builder builder = new Builder();
            builder.fftSize = settings.integer("fftSize", builder.fftSize);
            builder.windowLength = settings.integer("windowLength", builder.windowLength);
            builder.hopLength = settings.integer("hopLength", builder.hopLength);
            return builder.build();
        }
    }
}
