package io.github.spirabr.audio.features;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.LinkedHashMap;
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
public final class Spectrogram extends SpectralExtractor implements FeatureExtractor {

    private static final String TYPE = "spectrogram";

    private Spectrogram(Builder builder) {
        super(builder.framing());
    }

    @Override
    FrameEngine.Reduction reduction(int sampleRate) {
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

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the settings of this extractor. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.copy(framing);
        return builder;
    }

    @Override
    public int features() {
        return framing.bins();
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        framing.describe(settings);
        return new ComponentDescription(TYPE, settings);
    }

    /** Settings of a {@link Spectrogram}; checked together by {@link #build}. Not thread-safe. */
    public static final class Builder extends FramingBuilder<Builder> {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Returns the extractor.
         *
         * @throws IllegalArgumentException if a setting is out of its range; the message names it
         */
        public Spectrogram build() {
            return new Spectrogram(this);
        }
    }

    /** Registers {@code spectrogram}; the settings and their defaults are those of the {@link Builder}. */
    public static final class Provider extends ComponentProvider<FeatureExtractor> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureExtractor.class, TYPE,
                    FramingBuilder.FRAMING);
        }

        @Override
        protected FeatureExtractor create(Settings settings) {
            Builder builder = new Builder();
            builder.read(settings);
            return builder.build();
        }
    }
}
