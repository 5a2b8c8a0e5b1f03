package io.github.spirabr.audio.features;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Mel spectrograms: for each frame the power in overlapping bands, exactly
 * {@code torchaudio.transforms.MelSpectrogram(sample_rate, fftSize, windowLength, hopLength, n_mels=melBands)} of
 * torchaudio 0.13, transposed to [frames × bands]. Values are powers, neither logarithms nor decibels,
 * unless {@link Builder#decibels} says so.
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
 * With {@link Filters#SLANEY} they are those of {@code librosa.feature.melspectrogram} 0.11: spaced on Slaney's scale, and
 * divided by half their width. Bin k lies at k / floor(fftSize / 2) * floor(sampleRate / 2) hertz. A filter so narrow that no
 * bin falls into it
 * gives 0. The sample rate is the waveform's.
 *
 * <p>Windows that start a multiple of hopLength apart share the frames that lie within them; the numbers are,
 * bit by bit, those of each window on its own, and do not depend on threads. Arithmetic is in single precision:
 * amplitudes that overflow it (some 1e15) are refused. Immutable and safe for any number of threads.
 */
public final class MelSpectrogram extends SpectralExtractor implements FeatureExtractor {

    /** The shape of mel filters. */
    public enum Filters {
        /** Evenly spaced on the HTK mel scale, with height 1. */
        HTK,
        /** Evenly spaced on Slaney's mel scale, which is linear up to 1000 Hz, with area 1. */
        SLANEY
    }

    private static final String TYPE = "mel-spectrogram";
    /** The power below which decibels do not fall further. */
    private static final float FLOOR = 1e-10f;

    private final MelScale mel;
    private final Filters shape;
    private final boolean decibels;
    private final Map<Integer, MelFilters> filters = new ConcurrentHashMap<>();

    private MelSpectrogram(Builder builder) {
        super(builder.framing());
        this.mel = builder.mel();
        this.shape = builder.shape;
        this.decibels = builder.decibels;
    }

    @Override
    FrameEngine.Reduction reduction(int sampleRate) {
        boolean slaney = shape == Filters.SLANEY;
        MelFilters ofRate = filters.computeIfAbsent(sampleRate,
                rate -> mel.filters(framing.bins(), rate, slaney ? LogMel.Scale.SLANEY : LogMel.Scale.HTK, slaney));
        return new Bands(ofRate, decibels, new float[mel.bands()][FramePower.LANES]);
    }

    private record Bands(MelFilters filters, boolean decibels, float[][] rows) implements FrameEngine.Reduction {

        @Override
        public int width() {
            return rows.length;
        }

        @Override
        public void reduce(float[][] power, int first, int lanes, float[] values) {
            filters.apply(power, rows, lanes);
            if (decibels) {
                for (float[] row : rows) {
                    for (int lane = 0; lane < lanes; lane++) {
                        row[lane] = Logarithm.decibels(Math.max(FLOOR, row[lane]));
                    }
                }
            }
            Rows.transpose(rows, width(), lanes, values, first * width(), width());
        }

        @Override
        public FeatureMatrix assemble(float[] values, int[] slots) {
            return Rows.matrix(values, width(), width(), slots);
        }
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the features of PANNs at 16 kHz: 64 bands from 50 to 8000 Hz in decibels, each 10 ms over 32 ms. */
    public static MelSpectrogram panns16kHz() {
        return panns(512, 160, 8000);
    }

    /** Returns the features of PANNs at 32 kHz: 64 bands from 50 to 14000 Hz in decibels, each 10 ms over 32 ms. */
    public static MelSpectrogram panns32kHz() {
        return panns(1024, 320, 14_000);
    }

    private static MelSpectrogram panns(int window, int hop, double fMax) {
        return builder().melBands(64).fMin(50).fMax(fMax).fftSize(window).windowLength(window).hopLength(hop)
                .filters(Filters.SLANEY).decibels(true).build();
    }

    /** Returns a builder with the settings of this extractor. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.copy(framing);
        builder.copy(mel);
        return builder.filters(shape).decibels(decibels);
    }

    @Override
    public int features() {
        return mel.bands();
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("melBands", mel.bands());
        framing.describe(settings);
        mel.describe(settings);
        if (shape != Filters.HTK) {
            settings.put("filters", Settings.nameOf(shape));
        }
        if (decibels) {
            settings.put("decibels", true);
        }
        return new ComponentDescription(TYPE, settings);
    }

    /** Settings of a {@link MelSpectrogram}; checked together by {@link #build}. Not thread-safe. */
    public static final class Builder extends MelBuilder<Builder> {

        private Filters shape = Filters.HTK;
        private boolean decibels;

        private Builder() {}

        /** Sets the shape of the filters; by default HTK's. */
        public Builder filters(Filters shape) {
            this.shape = shape;
            return this;
        }

        /** Sets whether values are 10 log10 of the power, at least -100, in place of the power itself; by default not. */
        public Builder decibels(boolean decibels) {
            this.decibels = decibels;
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Returns the extractor.
         *
         * @throws IllegalArgumentException if a setting is out of its range; the message names it
         */
        public MelSpectrogram build() {
            return new MelSpectrogram(this);
        }
    }

    /** Registers {@code mel-spectrogram}; the settings and their defaults are those of the {@link Builder}, and fMax is hertz or {@code nyquist}. */
    public static final class Provider extends ComponentProvider<FeatureExtractor> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureExtractor.class, TYPE,
                    MelBuilder.MELS.and(
                            Setting.choice("filters", Filters.class, "Scale and height of the mel filters.")
                                    .optional("htk"),
                            Setting.truth("decibels", "True if values are 10 log10 of the power, at least -100.")
                                    .optional("false")));
        }

        @Override
        protected FeatureExtractor create(Settings settings) {
            Builder builder = new Builder();
            builder.read(settings);
            if (settings.has("filters")) {
                builder.filters(settings.choice("filters", Filters.class));
            }
            return builder.decibels(settings.has("decibels") && settings.bool("decibels")).build();
        }
    }
}
