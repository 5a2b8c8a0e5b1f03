package io.github.spirabr.audio.features;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Logarithms of mel energies in the conventions of pretrained models; {@link #panns16kHz}, {@link #panns32kHz}, {@link #ast},
 * {@link #whisper} and {@link #yamnet} are the front ends of these models, and in files the setting {@code preset} names them.
 *
 * <p>Each frame of windowLength samples goes through these steps: the frame's mean is subtracted (removeDc), then the share
 * preEmphasis of the preceding sample; it is multiplied with the window and continued with zeros to fftSize samples. The mel
 * filters sum the power |X[k]|², or the magnitude |X[k]|. The logarithm is taken of max(M, floor), or of M + floor with
 * addFloor. Values more than topDb below the greatest <em>of the whole input</em> are raised to that level. If a number of
 * frames is set, the input is cut, or continued with frames of 0. Finally mean is subtracted and the result divided by
 * deviation. Nothing is drawn at random: there is no dithering.
 *
 * <p>Bin k lies at k / fftSize of the sample rate; a filter so narrow that no bin falls into it gives the floor. Where frames
 * are not padded they begin with their first weighted sample, as in Kaldi and TensorFlow; librosa's {@code center=False} puts a
 * window shorter than fftSize into the middle and begins (fftSize - windowLength) / 2 samples later.
 *
 * <p>Windows that start a multiple of hopLength apart share the frames that lie within them; the numbers are, bit by bit, those
 * of each window on its own, and do not depend on threads. Arithmetic is in single precision. Immutable and safe for any number
 * of threads.
 */
public final class LogMel extends SpectralExtractor implements FeatureExtractor {

    /** The mel scale on which filters are evenly spaced, and the shape of their sides. */
    public enum Scale {
        /** m(f) = 2595 log10(1 + f / 700); sides are straight in hertz. */
        HTK,
        /** Slaney's, linear up to 1000 Hz and logarithmic above; sides are straight in hertz. */
        SLANEY,
        /** HTK's scale, with sides that are straight in mels, as in Kaldi and TensorFlow. */
        KALDI
    }

    /** The logarithm of the energies. */
    public enum Log {
        /** Natural logarithms. */
        NATURAL,
        /** Decimal logarithms. */
        LOG10,
        /** Decibels: 10 log10 of a power, 20 log10 of a magnitude. */
        DECIBELS;

        private float of(float energy, boolean magnitude) {
            return switch (this) {
                case NATURAL -> Logarithm.natural(energy);
                case LOG10 -> Logarithm.base10(energy);
                case DECIBELS -> (magnitude ? 2 : 1) * Logarithm.decibels(energy);
            };
        }

        /** Returns a distance in decibels in units of this logarithm. */
        private float distance(double decibels, boolean magnitude) {
            double decades = decibels / (magnitude ? 20 : 10);
            return (float) switch (this) {
                case NATURAL -> decades * Math.log(10);
                case LOG10 -> decades;
                case DECIBELS -> decibels;
            };
        }
    }

    private static final String TYPE = "log-mel";
    /** The smallest normal number in single precision, below which logarithms are not exact. */
    private static final double LEAST_FLOOR = Float.MIN_NORMAL;

    private static final Setting SAMPLE_RATE = Setting.integer("sampleRate", "Only sample rate that is accepted.").atLeast(1)
            .unit("Hz").optional("that of the preset, or any");
    private static final Setting PRE_EMPHASIS =
            Setting.number("preEmphasis", "Share of the preceding sample that is subtracted in each frame.").between(0, 1)
                    .optional("that of the preset, or 0");
    private static final Setting FLOOR = Setting.number("floor", "Energy to which smaller ones are raised before the logarithm.")
            .atLeast(LEAST_FLOOR).optional("that of the preset, or 1e-10");
    private static final Setting TOP_DB =
            Setting.number("topDb", "Largest distance below the loudest value of the input; what lies lower is raised.").above(0)
                    .unit("dB").optional("that of the preset, or no limit");
    private static final Setting FRAMES = Setting.integer("frames",
            "Number of frames: further ones are cut, missing ones are 0 before mean and deviation are applied.").atLeast(1)
            .optional("that of the preset, or those of the input");
    private static final Setting DEVIATION =
            Setting.numbers("deviation", "Divisor after the mean: one, or one for each band.").above(0)
                    .optional("that of the preset, or 1");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            SAMPLE_RATE,
            MelBuilder.BANDS.optional("that of the preset, or 64"),
            FramingBuilder.FFT.optional("that of the preset, or 512"),
            FramingBuilder.WINDOW.optional("that of the preset, or 400"),
            FramingBuilder.HOP.optional("that of the preset, or 160"),
            Setting.number("fMin", "Lowest frequency of the mel filters.").atLeast(0).unit("Hz")
                    .optional("that of the preset, or 0"),
            Setting.number("fMax", "Highest frequency of the mel filters; nyquist is half the sample rate.").above(0).unit("Hz")
                    .or(MelScale.NYQUIST).optional("that of the preset, or nyquist"),
            Setting.choice("window", FrameWindow.class, "Window of each frame.").optional("that of the preset, or hann"),
            Setting.truth("periodic", "True for a periodic window, as torchaudio's; false for a symmetric one, as Kaldi's.")
                    .optional("that of the preset, or true"),
            Setting.choice("padding", FramePadding.class, "Samples that frames see beyond the ends of a window.")
                    .optional("that of the preset, or reflect"),
            Setting.truth("dropLast", "True if the last frame is left out, as Whisper does.")
                    .optional("that of the preset, or false"),
            Setting.truth("removeDc", "True if the mean of each frame is subtracted from it.")
                    .optional("that of the preset, or false"),
            PRE_EMPHASIS,
            Setting.truth("magnitude", "True if magnitudes are summed in place of powers.")
                    .optional("that of the preset, or false"),
            Setting.choice("melScale", Scale.class, "Scale of the mel filters; kaldi is HTK's with sides that are straight in mels.")
                    .optional("that of the preset, or htk"),
            Setting.truth("slaneyNorm", "True if filters have area 1 in hertz; false if they have height 1.")
                    .optional("that of the preset, or false"),
            Setting.choice("logarithm", Log.class, "Logarithm of the energies.").optional("that of the preset, or natural"),
            FLOOR,
            Setting.truth("addFloor", "True if the floor is added to all energies in place of raising the smaller ones.")
                    .optional("that of the preset, or false"),
            TOP_DB,
            FRAMES,
            Setting.numbers("mean", "Number that is subtracted from all values: one, or one for each band.")
                    .optional("that of the preset, or 0"),
            DEVIATION);

    private final Builder settings;
    private final MelScale mel;
    private final Map<Integer, MelFilters> filters = new ConcurrentHashMap<>();

    private LogMel(Builder settings) {
        super(settings.frameSettings());
        this.settings = settings;
        this.mel = settings.mel();
        requireStatistics("mean", settings.mean, mel.bands());
        requireStatistics("deviation", settings.deviation, mel.bands());
    }

    private static void requireStatistics(String name, List<Double> values, int bands) {
        if (values.size() != 1 && values.size() != bands) {
            throw new IllegalArgumentException(name + " must be one number, or one for each of the " + bands
                    + " mel bands, but was " + values.size() + " numbers");
        }
    }

    /** Returns a builder with the defaults: natural logarithms of the power in 64 bands, with reflected ends. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the features of PANNs at 16 kHz: 64 bands from 50 to 8000 Hz in decibels, each 10 ms over 32 ms. */
    public static LogMel panns16kHz() {
        return Preset.PANNS_16K.builder().build();
    }

    /** Returns the features of PANNs at 32 kHz: 64 bands from 50 to 14000 Hz in decibels, each 10 ms over 32 ms. */
    public static LogMel panns32kHz() {
        return Preset.PANNS_32K.builder().build();
    }

    /**
     * Returns the features of the Audio Spectrogram Transformer: 1024 frames of 128 bands by Kaldi's recipe of samples within
     * ±1, normalised with the statistics of AudioSet, as {@code ASTFeatureExtractor} of transformers.
     */
    public static LogMel ast() {
        return Preset.AST.builder().build();
    }

    /**
     * Returns the features of Whisper: 80 bands as decimal logarithms, at most 80 dB below the loudest one, as {@code
     * WhisperFeatureExtractor} of transformers; with {@link Builder#melBands} 128 those of large-v3. Whisper itself takes
     * windows of 30 s.
     */
    public static LogMel whisper() {
        return Preset.WHISPER.builder().build();
    }

    /**
     * Returns the features of YAMNet and VGGish: natural logarithms of magnitudes in 64 bands from 125 to 7500 Hz. YAMNet takes
     * 96 frames, of windows of 0.975 s.
     */
    public static LogMel yamnet() {
        return Preset.YAMNET.builder().build();
    }

    /** Returns a builder with the settings of this extractor. */
    public Builder toBuilder() {
        return settings.copy();
    }

    @Override
    public int features() {
        return mel.bands();
    }

    @Override
    public OptionalInt sampleRate() {
        return settings.sampleRate == 0 ? OptionalInt.empty() : OptionalInt.of(settings.sampleRate);
    }

    @Override
    public int frames(int samples) {
        int frames = framing.frames(samples);
        return settings.frames == 0 ? frames : settings.frames;
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, settings.describe());
    }

    @Override
    FrameEngine.Reduction reduction(int sampleRate) {
        if (settings.sampleRate != 0 && settings.sampleRate != sampleRate) {
            throw new IllegalArgumentException("log-mel must get waveforms of sampleRate (" + settings.sampleRate + " Hz), but got "
                    + sampleRate + " Hz; resample them, or set sampleRate to their rate");
        }
        MelFilters ofRate = filters.computeIfAbsent(sampleRate,
                rate -> mel.filters(framing.bins(), rate, settings.melScale, settings.slaneyNorm));
        return new Bands(ofRate, settings, new float[mel.bands()][FramePower.LANES]);
    }

    private record Bands(MelFilters filters, Builder settings, float[][] rows) implements FrameEngine.Reduction {

        @Override
        public int width() {
            return rows.length;
        }

        @Override
        public void reduce(float[][] power, int first, int lanes, float[] values) {
            if (settings.magnitude) {
                Rows.squareRoots(power, power.length - 1, lanes);
            }
            filters.apply(power, rows, lanes);
            float floor = (float) settings.floor;
            for (float[] row : rows) {
                for (int lane = 0; lane < lanes; lane++) {
                    float level = settings.addFloor ? row[lane] + floor : Math.max(row[lane], floor);
                    row[lane] = settings.logarithm.of(level, settings.magnitude);
                }
            }
            Rows.transpose(rows, width(), lanes, values, first * width(), width());
        }

        @Override
        public FeatureMatrix assemble(float[] values, int[] slots) {
            if (!settings.changesLevels()) {
                return Rows.matrix(values, width(), width(), slots);
            }
            float lowest = settings.topDb == 0 ? Float.NEGATIVE_INFINITY : loudest(values, slots) - settings.logarithm.distance(settings.topDb, settings.magnitude);
            int frames = settings.frames == 0 ? slots.length : settings.frames;
            double[] mean = perBand(settings.mean);
            double[] deviation = perBand(settings.deviation);
            float[] out = new float[Math.multiplyExact(frames, width())];
            for (int t = 0; t < frames; t++) {
                for (int band = 0; band < width(); band++) {
                    float level = t < slots.length ? Math.max(values[slots[t] * width() + band], lowest) : 0f;
                    out[t * width() + band] = (float) ((level - mean[band]) / deviation[band]);
                }
            }
            return FeatureMatrix.of(frames, width(), out);
        }

        private float loudest(float[] values, int[] slots) {
            float loudest = Float.NEGATIVE_INFINITY;
            for (int slot : slots) {
                for (int band = 0; band < width(); band++) {
                    loudest = Math.max(loudest, values[slot * width() + band]);
                }
            }
            return loudest;
        }

        private double[] perBand(List<Double> statistics) {
            double[] values = new double[width()];
            Arrays.setAll(values, band -> statistics.get(statistics.size() == 1 ? 0 : band));
            return values;
        }
    }

    /** The front ends of pretrained models. */
    private enum Preset {
        PANNS_16K {
            @Override
            Builder builder() {
                return panns(16_000, 512, 160, 8000);
            }
        },
        PANNS_32K {
            @Override
            Builder builder() {
                return panns(32_000, 1024, 320, 14_000);
            }
        },
        AST {
            @Override
            Builder builder() {
                return new Builder().sampleRate(16_000).melBands(128).fMin(20).periodic(false).padding(FramePadding.NONE)
                        .removeDc(true).preEmphasis(0.97).melScale(Scale.KALDI).floor(KaldiBuilder.EPSILON).frames(1024)
                        .mean(-4.2677393).deviation(2 * 4.5689974);
            }
        },
        WHISPER {
            @Override
            Builder builder() {
                return new Builder().sampleRate(16_000).melBands(80).fMax(8000).fftSize(400).dropLast(true)
                        .melScale(Scale.SLANEY).slaneyNorm(true).logarithm(Log.LOG10).topDb(80).mean(-4).deviation(4);
            }
        },
        YAMNET {
            @Override
            Builder builder() {
                return new Builder().sampleRate(16_000).fMin(125).fMax(7500).padding(FramePadding.NONE).magnitude(true)
                        .melScale(Scale.KALDI).floor(0.001).addFloor(true);
            }
        };

        abstract Builder builder();

        private static Builder panns(int rate, int window, int hop, double fMax) {
            return new Builder().sampleRate(rate).fMin(50).fMax(fMax).fftSize(window).windowLength(window).hopLength(hop)
                    .melScale(Scale.SLANEY).slaneyNorm(true).logarithm(Log.DECIBELS);
        }
    }

    /** Settings of a {@link LogMel}; checked together by {@link #build}. Not thread-safe. */
    public static final class Builder extends MelBuilder<Builder> {

        private int sampleRate = 0;
        private FrameWindow window = FrameWindow.HANN;
        private boolean periodic = true;
        private FramePadding padding = FramePadding.REFLECT;
        private boolean dropLast = false;
        private boolean removeDc = false;
        private double preEmphasis = 0;
        private boolean magnitude = false;
        private Scale melScale = Scale.HTK;
        private boolean slaneyNorm = false;
        private Log logarithm = Log.NATURAL;
        private double floor = 1e-10;
        private boolean addFloor = false;
        /** 0 stands for no such level. */
        private double topDb = 0;
        /** 0 stands for all frames. */
        private int frames = 0;
        private List<Double> mean = List.of(0.0);
        private List<Double> deviation = List.of(1.0);

        private Builder() {
            super(512, 64, 0);
        }

        /** Sets the only sample rate that is accepted, in hertz, above 0; by default every rate is. */
        public Builder sampleRate(int hertz) {
            SAMPLE_RATE.check(hertz);
            this.sampleRate = hertz;
            return this;
        }

        /** Sets the window; by default Hann's. */
        public Builder window(FrameWindow shape) {
            this.window = shape;
            return this;
        }

        /** Sets whether the window is periodic, as in torchaudio, and not symmetric, as in Kaldi; by default it is. */
        public Builder periodic(boolean periodic) {
            this.periodic = periodic;
            return this;
        }

        /** Sets the samples that frames see beyond the ends; by default the ends are reflected. */
        public Builder padding(FramePadding padding) {
            this.padding = padding;
            return this;
        }

        /** Sets whether the last frame is left out; by default not. */
        public Builder dropLast(boolean drop) {
            this.dropLast = drop;
            return this;
        }

        /** Sets whether the mean of each frame is subtracted from it; by default not. */
        public Builder removeDc(boolean remove) {
            this.removeDc = remove;
            return this;
        }

        /** Sets the share of the preceding sample that is subtracted in each frame, 0 to 1; by default 0. */
        public Builder preEmphasis(double share) {
            this.preEmphasis = PRE_EMPHASIS.check(share);
            return this;
        }

        /** Sets whether magnitudes are summed in place of powers; by default not. */
        public Builder magnitude(boolean magnitude) {
            this.magnitude = magnitude;
            return this;
        }

        /** Sets the scale and the sides of the mel filters; by default HTK's. */
        public Builder melScale(Scale scale) {
            this.melScale = scale;
            return this;
        }

        /** Sets whether filters are divided by half their width in hertz, so that their area is 1; by default their height is. */
        public Builder slaneyNorm(boolean areas) {
            this.slaneyNorm = areas;
            return this;
        }

        /** Sets the logarithm; by default the natural one. */
        public Builder logarithm(Log logarithm) {
            this.logarithm = logarithm;
            return this;
        }

        /** Sets the energy to which smaller ones are raised before the logarithm, at least 1.2e-38; by default 1e-10. */
        public Builder floor(double energy) {
            this.floor = FLOOR.check(energy);
            return this;
        }

        /** Sets whether the floor is added to all energies in place of raising the smaller ones; by default not. */
        public Builder addFloor(boolean add) {
            this.addFloor = add;
            return this;
        }

        /** Sets the largest distance below the loudest value of the input, in dB, above 0; by default there is no such limit. */
        public Builder topDb(double decibels) {
            this.topDb = TOP_DB.check(decibels);
            return this;
        }

        /**
         * Sets the number of frames, 1 or more: further ones are cut, and missing ones are 0 before mean and deviation are
         * applied; by default there are as many as the input has.
         */
        public Builder frames(int count) {
            this.frames = FRAMES.check(count);
            return this;
        }

        /** Sets the number that is subtracted from all values, or one for each band; by default 0. */
        public Builder mean(double... perBand) {
            this.mean = Arrays.stream(perBand).boxed().toList();
            return this;
        }

        /** Sets the number, above 0, by which values are divided after that, or one for each band; by default 1. */
        public Builder deviation(double... perBand) {
            for (double value : perBand) {
                DEVIATION.check(value);
            }
            this.deviation = Arrays.stream(perBand).boxed().toList();
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
        public LogMel build() {
            return new LogMel(copy());
        }

        private Framing frameSettings() {
            return framing(padding, dropLast, window, periodic,
                    new Conditioning(1, removeDc, (float) preEmphasis, Conditioning.Energy.NONE));
        }

        private boolean changesLevels() {
            return topDb != 0 || frames != 0 || !mean.equals(List.of(0.0)) || !deviation.equals(List.of(1.0));
        }

        private Builder copy() {
            return SETTINGS.read("", describe(), settings -> new Builder().readGiven(settings));
        }

        private Map<String, Object> describe() {
            Map<String, Object> values = new LinkedHashMap<>();
            if (sampleRate != 0) {
                values.put("sampleRate", sampleRate);
            }
            values.put("melBands", mel().bands());
            Framing framing = frameSettings();
            framing.describe(values);
            mel().describe(values);
            values.put("window", Settings.nameOf(window));
            values.put("periodic", periodic);
            values.put("padding", Settings.nameOf(padding));
            values.put("dropLast", dropLast);
            values.put("removeDc", removeDc);
            values.put("preEmphasis", preEmphasis);
            values.put("magnitude", magnitude);
            values.put("melScale", Settings.nameOf(melScale));
            values.put("slaneyNorm", slaneyNorm);
            values.put("logarithm", Settings.nameOf(logarithm));
            values.put("floor", floor);
            values.put("addFloor", addFloor);
            if (topDb != 0) {
                values.put("topDb", topDb);
            }
            if (frames != 0) {
                values.put("frames", frames);
            }
            values.put("mean", mean);
            values.put("deviation", deviation);
            return values;
        }

        private Builder readGiven(Settings settings) {
            given(settings, "sampleRate", name -> sampleRate(settings.integer(name)));
            given(settings, "melBands", name -> melBands(settings.integer(name)));
            given(settings, "fftSize", name -> fftSize(settings.integer(name)));
            given(settings, "windowLength", name -> windowLength(settings.integer(name)));
            given(settings, "hopLength", name -> hopLength(settings.integer(name)));
            given(settings, "fMin", name -> fMin(settings.number(name)));
            given(settings, "fMax", name -> readFMax(settings));
            given(settings, "window", name -> window(settings.choice(name, FrameWindow.class)));
            given(settings, "periodic", name -> periodic(settings.bool(name)));
            given(settings, "padding", name -> padding(settings.choice(name, FramePadding.class)));
            given(settings, "dropLast", name -> dropLast(settings.bool(name)));
            given(settings, "removeDc", name -> removeDc(settings.bool(name)));
            given(settings, "preEmphasis", name -> preEmphasis(settings.number(name)));
            given(settings, "magnitude", name -> magnitude(settings.bool(name)));
            given(settings, "melScale", name -> melScale(settings.choice(name, Scale.class)));
            given(settings, "slaneyNorm", name -> slaneyNorm(settings.bool(name)));
            given(settings, "logarithm", name -> logarithm(settings.choice(name, Log.class)));
            given(settings, "floor", name -> floor(settings.number(name)));
            given(settings, "addFloor", name -> addFloor(settings.bool(name)));
            given(settings, "topDb", name -> topDb(settings.number(name)));
            given(settings, "frames", name -> frames(settings.integer(name)));
            given(settings, "mean", name -> mean(numbers(settings, name)));
            given(settings, "deviation", name -> deviation(numbers(settings, name)));
            return this;
        }

        private static void given(Settings settings, String name, Consumer<String> reader) {
            if (settings.has(name)) {
                reader.accept(name);
            }
        }

        private static double[] numbers(Settings settings, String name) {
            return settings.numbers(name).stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** Registers {@code log-mel}; the settings are those of the {@link Builder}, and {@code preset} gives defaults for them. */
    public static final class Provider extends ComponentProvider<FeatureExtractor> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureExtractor.class, TYPE,
                    SettingsDeclaration.of(Setting.choice("preset", Preset.class,
                            "Front end of a pretrained model, whose settings stand in for those that are not given.")
                            .optional("none")).and(SETTINGS));
        }

        @Override
        protected FeatureExtractor create(Settings settings) {
            Builder builder = settings.has("preset") ? settings.choice("preset", Preset.class).builder() : builder();
            return builder.readGiven(settings).build();
        }
    }
}
