package io.github.spirabr.audio.features;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Mel-frequency cepstral coefficients, exactly {@code torchaudio.transforms.MFCC(sample_rate, n_mfcc=coefficients,
 * log_mels=logMels, melkwargs={n_fft: fftSize, win_length: windowLength, hop_length: hopLength, n_mels: melBands})}
 * of torchaudio 0.13, transposed to [frames × coefficients].
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
 * <p>Logarithm: D = 10 log10(max(M, 1e-10)) decibels of the mel powers M, then every D more than topDb below the
 * greatest D <em>of the whole input</em> is raised to that level. So the numbers depend on the loudest point of
 * the input: the MFCC of a window is not a slice of the recording's MFCC, and appending something loud changes
 * the quiet frames before it. With logMels it is ln(M + 1e-6) instead, without such a level.
 *
 * <p>Coefficients: the orthonormal DCT-II, c[k] = s[k] sum of D[n] cos(pi k (n + 1/2) / melBands), with
 * s[0] = sqrt(1 / melBands) and s[k] = sqrt(2 / melBands); no liftering, and c[0] is kept.
 *
 * <p>Windows that start a multiple of hopLength apart share the frames that lie within them; the numbers are,
 * bit by bit, those of each window on its own, and do not depend on threads. Arithmetic is in single precision:
 * amplitudes that overflow it (some 1e15) are refused. Immutable and safe for any number of threads.
 */
public final class Mfcc extends SpectralExtractor implements FeatureExtractor {

    private static final String TYPE = "mfcc";
    private static final int COEFFICIENTS = 40;
    private static final double TOP_DB = 80;
    private static final float LEAST_POWER = 1e-10f;
    private static final float LOG_OFFSET = 1e-6f;

    private final MelScale mel;
    private final int coefficients;
    private final boolean logMels;
    private final double topDb;
    private final CosineTransform cosines;
    private final Map<Integer, MelFilters> filters = new ConcurrentHashMap<>();

    private Mfcc(Builder builder) {
        super(builder.framing());
        this.mel = builder.mel();
        if (builder.coefficients < 1 || builder.coefficients > mel.bands()) {
            throw new IllegalArgumentException("coefficients must be between 1 and melBands (" + mel.bands()
                    + "), but was " + builder.coefficients);
        }
        if (!(builder.topDb > 0) || Double.isInfinite(builder.topDb)) {
            throw new IllegalArgumentException("topDb must be above 0 dB and finite, but was " + builder.topDb + " dB");
        }
        this.coefficients = builder.coefficients;
        this.logMels = builder.logMels;
        this.topDb = builder.topDb;
        this.cosines = new CosineTransform(coefficients, mel.bands());
    }

    @Override
    FrameEngine.Reduction reduction(int sampleRate) {
        MelFilters ofRate = filters.computeIfAbsent(sampleRate, rate -> mel.filters(framing.bins(), rate, LogMel.Scale.HTK, false));
        return new Cepstrum(
                ofRate, new float[mel.bands()][FramePower.LANES], new float[coefficients][FramePower.LANES]);
    }

    /**
     * Keeps for each frame its coefficients, its lowest and its highest level, and its levels. A window that
     * clamps nothing of a frame takes the coefficients as they are; only the others are transformed anew.
     */
    private final class Cepstrum implements FrameEngine.Reduction {

        private final MelFilters ofRate;
        private final float[][] levels;
        private final float[][] cepstra;

        Cepstrum(MelFilters ofRate, float[][] levels, float[][] cepstra) {
            this.ofRate = ofRate;
            this.levels = levels;
            this.cepstra = cepstra;
        }

        @Override
        public int width() {
            return cepstra.length + 2 + levels.length;
        }

        @Override
        public void reduce(float[][] power, int first, int lanes, float[] values) {
            ofRate.apply(power, levels, lanes);
            for (float[] row : levels) {
                for (int l = 0; l < lanes; l++) {
                    row[l] = logMels
                            ? Logarithm.natural(row[l] + LOG_OFFSET)
                            : Logarithm.decibels(Math.max(row[l], LEAST_POWER));
                }
            }
            cosines.apply(levels, cepstra, lanes);
            int start = first * width();
            Rows.transpose(cepstra, cepstra.length, lanes, values, start, width());
            Rows.transpose(levels, levels.length, lanes, values, start + cepstra.length + 2, width());
            for (int l = 0; l < lanes; l++) {
                int frame = start + l * width() + cepstra.length;
                float lowest = values[frame + 2];
                float highest = lowest;
                for (int band = 1; band < levels.length; band++) {
                    lowest = Math.min(lowest, values[frame + 2 + band]);
                    highest = Math.max(highest, values[frame + 2 + band]);
                }
                values[frame] = lowest;
                values[frame + 1] = highest;
            }
        }

        @Override
        public FeatureMatrix assemble(float[] values, int[] slots) {
            if (logMels) {
                return Rows.matrix(values, width(), coefficients, slots);
            }
            float floor = Float.NEGATIVE_INFINITY;
            for (int slot : slots) {
                floor = Math.max(floor, values[slot * width() + coefficients + 1]);
            }
            floor -= (float) topDb;
            float[] out = new float[slots.length * coefficients];
            int[] clamped = new int[FramePower.LANES];
            int count = 0;
            for (int t = 0; t < slots.length; t++) {
                int frame = slots[t] * width();
                if (values[frame + coefficients] >= floor) {
                    System.arraycopy(values, frame, out, t * coefficients, coefficients);
                } else {
                    clamped[count++] = t;
                    if (count == clamped.length) {
                        clamp(values, slots, clamped, count, floor, out);
                        count = 0;
                    }
                }
            }
            clamp(values, slots, clamped, count, floor, out);
            return FeatureMatrix.of(slots.length, coefficients, out);
        }

        private void clamp(float[] values, int[] slots, int[] clamped, int count, float floor, float[] out) {
            for (int l = 0; l < count; l++) {
                int frame = slots[clamped[l]] * width() + coefficients + 2;
                for (int band = 0; band < levels.length; band++) {
                    levels[band][l] = Math.max(values[frame + band], floor);
                }
            }
            cosines.apply(levels, cepstra, count);
            for (int l = 0; l < count; l++) {
                for (int k = 0; k < coefficients; k++) {
                    out[clamped[l] * coefficients + k] = cepstra[k][l];
                }
            }
        }
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the settings of this extractor. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.coefficients = coefficients;
        builder.copy(framing);
        builder.copy(mel);
        builder.logMels = logMels;
        builder.topDb = topDb;
        return builder;
    }

    @Override
    public int features() {
        return coefficients;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("coefficients", coefficients);
        settings.put("melBands", mel.bands());
        framing.describe(settings);
        mel.describe(settings);
        settings.put("logMels", logMels);
        settings.put("topDb", topDb);
        return new ComponentDescription(TYPE, settings);
    }

    /** Settings of an {@link Mfcc}; checked together by {@link #build}. Not thread-safe. */
    public static final class Builder extends MelBuilder<Builder> {

        private int coefficients = COEFFICIENTS;
        private boolean logMels = false;
        private double topDb = TOP_DB;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Sets the number of coefficients to keep, starting with c[0]; 1 to melBands, by default 40. */
        public Builder coefficients(int count) {
            this.coefficients = count;
            return this;
        }

        /** Sets whether to take ln(M + 1e-6) in place of decibels with a lowest level; by default false. */
        public Builder logMels(boolean natural) {
            this.logMels = natural;
            return this;
        }

        /** Sets the distance of the lowest level from the loudest one, in dB, above 0; by default 80. Unused with logMels. */
        public Builder topDb(double decibels) {
            this.topDb = decibels;
            return this;
        }

        /**
         * Returns the extractor.
         *
         * @throws IllegalArgumentException if a setting is out of its range; the message names it
         */
        public Mfcc build() {
            return new Mfcc(this);
        }
    }

    /** Registers {@code mfcc}; the settings and their defaults are those of the {@link Builder}, and fMax is hertz or {@code nyquist}. */
    public static final class Provider extends ComponentProvider<FeatureExtractor> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureExtractor.class, TYPE,
                    SettingsDeclaration.of(Setting.integer("coefficients", "Number of coefficients, at most melBands.").atLeast(1)
                                    .byDefault(COEFFICIENTS))
                            .and(MelBuilder.MELS)
                            .and(Setting.truth("logMels", "True for natural logarithms of mel energies; otherwise they are decibels.").byDefault(false),
                                    Setting.number("topDb", "Largest distance below the loudest value; what lies lower is raised.").above(0)
                                            .unit("dB").byDefault(TOP_DB)));
        }

        @Override
        protected FeatureExtractor create(Settings settings) {
            Builder builder = new Builder();
            builder.coefficients = settings.integer("coefficients");
            builder.read(settings);
            builder.logMels = settings.bool("logMels");
            builder.topDb = settings.number("topDb");
            return builder.build();
        }
    }
}
