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
import java.util.concurrent.ConcurrentHashMap;

/**
 * Mel spectrograms: for each frame the power in overlapping bands, exactly
 * {@code torchaudio.transforms.MelSpectrogram(sample_rate, fftSize, windowLength, hopLength, n_mels=melBands)} of
 * torchaudio 0.13, transposed to [frames × bands]. Values are powers, neither logarithms nor decibels.
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
 * <p>Mel filters: triangles of height 1 whose corners are evenly spaced on the HTK mel scale,
 * m(f) = 2595 log10(1 + f / 700), from fMin to fMax; neighbours overlap by half, there is no area normalisation.
 * Bin k lies at k / floor(fftSize / 2) * floor(sampleRate / 2) hertz. A filter so narrow that no bin falls into it
 * gives 0. The sample rate is the waveform's.
 *
 * <p>Windows that start a multiple of hopLength apart share the frames that lie within them; the numbers are,
 * bit by bit, those of each window on its own, and do not depend on threads. Arithmetic is in single precision:
 * amplitudes that overflow it (some 1e15) are refused. Immutable and safe for any number of threads.
 */
public final class MelSpectrogram implements FeatureExtractor {

    private static final String TYPE = "mel-spectrogram";

    private final Framing framing;
    private final FrameEngine engine;
    private final MelScale mel;
    private final Map<Integer, MelFilters> filters = new ConcurrentHashMap<>();

    private MelSpectrogram(Builder builder) {
        this.framing = new Framing(builder.fftSize, builder.windowLength, builder.hopLength);
        this.mel = new MelScale(builder.melBands, builder.fMin, builder.fMax);
        this.engine = new FrameEngine(framing);
    }

    private FrameEngine.Reduction reduction(int sampleRate) {
        MelFilters ofRate = filters.computeIfAbsent(sampleRate, rate -> mel.filters(framing.bins(), rate));
        return new Bands(ofRate, new float[mel.bands()][FramePower.LANES]);
    }

    private record Bands(MelFilters filters, float[][] rows) implements FrameEngine.Reduction {

        @Override
        public int width() {
            return rows.length;
        }

        @Override
        public void reduce(float[][] power, int first, int lanes, float[] values) {
            filters.apply(power, rows, lanes);
            Rows.transpose(rows, width(), lanes, values, first * width(), width());
        }

        @Override
        public FeatureMatrix assemble(float[] values, int[] slots) {
            return Rows.matrix(values, width(), width(), slots);
        }
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with the settings of this extractor. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.melBands = mel.bands();
        builder.fftSize = framing.fftSize();
        builder.windowLength = framing.windowLength();
        builder.hopLength = framing.hopLength();
        builder.fMin = mel.fMin();
        builder.fMax = mel.fMax();
        return builder;
    }

    @Override
    public int features() {
        return mel.bands();
    }

    /**
     * @throws IllegalArgumentException if so few samples, at most fftSize / 2, cannot be reflected at their ends
     */
    @Override
    public int frames(int samples) {
        return framing.frames(samples);
    }

    /**
     * @throws IllegalArgumentException if the waveform has at most fftSize / 2 samples, or a sample rate below 2 fMax
     */
    @Override
    public FeatureMatrix extract(Waveform waveform) {
        return engine.extract(waveform, reduction(waveform.sampleRate()));
    }

    @Override
    public List<FeatureMatrix> extract(Waveform waveform, List<WindowSpan> windows) {
        return engine.extract(waveform, windows, reduction(waveform.sampleRate()));
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("melBands", mel.bands());
        settings.put("fftSize", framing.fftSize());
        settings.put("windowLength", framing.windowLength());
        settings.put("hopLength", framing.hopLength());
        mel.describe(settings);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MelSpectrogram that && description().equals(that.description());
    }

    @Override
    public int hashCode() {
        return description().hashCode();
    }

    @Override
    public String toString() {
        return "MelSpectrogram" + description().settings();
    }

    /** Settings of a {@link MelSpectrogram}; checked together by {@link #build}. Not thread-safe. */
    public static final class Builder {

        private int melBands = 40;
        private int fftSize = 1200;
        private int windowLength = 400;
        private int hopLength = 160;
        private double fMin = 0;
        private double fMax = 0;

        private Builder() {}

        /** The number of mel filters, at least 1; by default 40. */
        public Builder melBands(int bands) {
            this.melBands = bands;
            return this;
        }

        /** Where the first filter begins, in hertz: 0 or more, below fMax; by default 0. */
        public Builder fMin(double hertz) {
            this.fMin = hertz;
            return this;
        }

        /**
         * Where the last filter ends, in hertz: above fMin, at most half the sample rate of what is extracted
         * from; by default half that sample rate.
         */
        public Builder fMax(double hertz) {
            if (!(hertz > 0)) {
                throw new IllegalArgumentException("fMax must be above 0 Hz, but was " + hertz + " Hz");
            }
            this.fMax = hertz;
            return this;
        }

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
        public MelSpectrogram build() {
            return new MelSpectrogram(this);
        }
    }

    /** Registers {@code mel-spectrogram}; the settings and their defaults are those of the {@link Builder}, and fMax is hertz or {@code nyquist}. */
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
            builder.melBands = settings.integer("melBands", builder.melBands);
            builder.fftSize = settings.integer("fftSize", builder.fftSize);
            builder.windowLength = settings.integer("windowLength", builder.windowLength);
            builder.hopLength = settings.integer("hopLength", builder.hopLength);
            builder.fMin = settings.number("fMin", builder.fMin);
            builder.fMax = MelScale.fMax(settings);
            return builder.build();
        }
    }
}
