package io.github.spirabr.encoder;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A frozen encoder: the embeddings of a pretrained network, from an ONNX file, as features. Nothing is trained and nothing is
 * downloaded.
 *
 * <p>A window of the pipeline is cut into the encoder's own windows, as a sliding window cuts a recording; without {@code
 * window} it is one of them. Each goes through the front end, a feature extractor, or is taken as a raw waveform, and through
 * the graph on its own, so that its embeddings do not depend on the other windows. {@link Pooling} makes features of them: one
 * frame per window of the encoder, or all of its frames.
 *
 * <p>The graph has one input of 32-bit floats, in one of the {@link Layout}s, and an output [1, frames, size] or [1, size] of a
 * fixed size. ONNX Runtime computes it on the calling thread: any number of threads gets the same bits. On another kind of
 * processor the last bits may differ.
 *
 * <p>The file is described by its name and SHA-256. It is found by the path that is given, or else by its name in the folders
 * of the environment variable {@code SPIRA_ENCODERS}, or of the system property {@code spira.encoders}. Encoders of one file
 * share its native memory, which is freed when all of them are closed or out of use. Immutable and safe for any number of
 * threads.
 */
public final class OnnxEncoder implements FeatureExtractor, AutoCloseable {

    private static final String TYPE = "onnx-encoder";
    private static final Cleaner CLEANER = Cleaner.create();
    /** As in the feature extractor of wav2vec 2.0. */
    private static final double LEAST_VARIANCE = 1e-7;

    private static final Setting SAMPLE_RATE =
            Setting.integer("sampleRate", "Sample rate that the encoder was trained on; that of the reader.")
                    .atLeast(1).unit("Hz");
    private static final Setting WINDOW =
            Setting.seconds("window", "Length of the encoder's own windows.").above(0).optional("the pipeline's window");
    private static final Setting HOP =
            Setting.seconds("hop", "Step between the encoder's own windows.").above(0).optional("the value of window");

    private final Builder settings;
    private final String fileName;
    private final String sha256;
    private final Graph graph;
    private final Graph.Tensor output;
    private final Layout layout;
    private final int size;
    /** Frames of one window of the encoder, by its length in samples. */
    private final Map<Integer, Integer> frames = new ConcurrentHashMap<>();
    private final Cleaner.Cleanable cleanable;

    private OnnxEncoder(Builder settings, GraphFile file, Graph graph) {
        this.settings = settings;
        this.fileName = file.name();
        this.sha256 = file.sha256();
        this.graph = graph;
        this.layout = settings.layout.map(this::checked).orElseGet(this::detected);
        this.output = graph.output(settings.output);
        this.size = size();
        this.cleanable = CLEANER.register(this, graph::release);
    }

    /**
     * Returns a builder for an encoder.
     *
     * @param file the ONNX file
     * @param sampleRate sample rate that the encoder was trained on, in hertz
     */
    public static Builder builder(Path file, int sampleRate) {
        return new Builder(file.toString(), sampleRate);
    }

    private int inputFeatures() {
        return settings.frontend.map(FeatureExtractor::features).orElse(1);
    }

    private Layout checked(Layout wanted) {
        if (wanted.isRaw() != settings.frontend.isEmpty()) {
            throw new InvalidSettingException("layout", Settings.nameOf(wanted) + (wanted.isRaw()
                    ? " is that of a raw waveform, but there is a frontend; remove one of them"
                    : " needs features, but there is no frontend; add one, such as {type: log-mel}"));
        }
        if (!wanted.fits(graph.input().sizes(), inputFeatures())) {
            throw unlike("layout", "an input of the layout " + Settings.nameOf(wanted));
        }
        return wanted;
    }

    private Layout detected() {
        long[] declared = graph.input().sizes();
        List<Layout> fitting = Arrays.stream(Layout.values())
                .filter(one -> one.isRaw() == settings.frontend.isEmpty())
                .filter(one -> one.fits(declared, inputFeatures()) && one.isLikely(declared))
                .toList();
        if (fitting.isEmpty()) {
            throw unlike("file", settings.frontend.isEmpty()
                    ? "a raw waveform, [1, samples], since there is no frontend"
                    : inputFeatures() + " features of " + settings.frontend.get().description().type());
        }
        if (fitting.size() > 1) {
            throw new InvalidSettingException("layout", "must be one of " + fitting.stream().map(Settings::nameOf).toList()
                    + ", since each fits the input " + graph.input() + " of " + graph.name() + "; set it");
        }
        return fitting.get(0);
    }

    private InvalidSettingException unlike(String setting, String input) {
        return new InvalidSettingException(setting, graph.name() + " must take " + input + ", but its input is " + graph.input()
                + "; correct frontend and layout, or export the encoder with such an input");
    }

    /** Returns the size of an embedding. */
    private int size() {
        long[] sizes = output.sizes();
        if (sizes.length != 2 && sizes.length != 3) {
            throw new InvalidSettingException("output", "of " + graph.name() + " must be [1, frames, size] or [1, size], but is "
                    + output + "; name another output, or export the encoder with such a one");
        }
        long last = sizes[sizes.length - 1];
        if (last < 1) {
            throw new InvalidSettingException("output", "of " + graph.name() + " must have a fixed size, but is " + output
                    + "; export the encoder with a last axis that does not depend on the input");
        }
        if (sizes.length == 2 && settings.pooling == Pooling.MEAN_DEVIATION) {
            throw new InvalidSettingException("pooling", "must not be mean-deviation for one embedding per window, but the"
                    + " output of " + graph.name() + " is " + output + "; use mean");
        }
        return Math.toIntExact(last);
    }

    @Override
    public int features() {
        return settings.pooling.features(size);
    }

    @Override
    public OptionalInt sampleRate() {
        return OptionalInt.of(settings.sampleRate);
    }

    /**
     * Returns the number of frames; computes one window of silence to see that the graph takes windows of this length.
     *
     * @throws IllegalArgumentException if the graph takes windows of another length only
     */
    @Override
    public int frames(int samples) {
        int window = window(samples);
        int each = frames.computeIfAbsent(window, length -> embed(new float[length]).length / features());
        return Math.multiplyExact(windows(samples, window), each);
    }

    /** Returns the length of the encoder's windows, in samples. */
    private int window(int samples) {
        return settings.window.isEmpty() ? samples : samples(settings.window.getAsDouble());
    }

    private int samples(double seconds) {
        return (int) Math.max(1, Math.round(seconds * settings.sampleRate));
    }

    private int hop(int window) {
        return settings.hop.isEmpty() ? window : samples(settings.hop.getAsDouble());
    }

    private int windows(int samples, int window) {
        return samples <= window ? 1 : 1 + (samples - window) / hop(window);
    }

    @Override
    public FeatureMatrix extract(Waveform waveform) {
        if (waveform.sampleRate() != settings.sampleRate) {
            throw new PreprocessingException("the encoder " + graph.name() + " needs waveforms of sampleRate "
                    + settings.sampleRate + " Hz, but got " + waveform.sampleRate() + " Hz; set the reader's sampleRate to " + settings.sampleRate);
        }
        int window = window(waveform.length());
        int windows = windows(waveform.length(), window);
        float[][] parts = new float[windows][];
        for (int w = 0; w < windows; w++) {
            float[] samples = new float[window];
            waveform.copyTo(w * hop(window), samples, 0, window);
            parts[w] = embed(samples);
        }
        return matrix(parts);
    }

    private FeatureMatrix matrix(float[][] parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        float[] values = new float[length];
        int offset = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, values, offset, part.length);
            offset += part.length;
        }
        return FeatureMatrix.of(length / features(), features(), values);
    }

    /** Returns the features of one window of the encoder, frame by frame. */
    private float[] embed(float[] samples) {
        float[] heard = settings.normalizeWaveform ? normalized(samples) : samples;
        float[] input = settings.frontend
                .map(frontend -> frontend.extract(Waveform.of(heard, settings.sampleRate)).toArray())
                .orElse(heard);
        int count = inputFeatures();
        float[] filled = filled(input, count);
        Graph.Output embeddings = compute(layout.arranged(filled, count), layout.sizes(filled.length / count, count));
        long[] sizes = embeddings.sizes();
        if (sizes.length != output.sizes().length || sizes[sizes.length - 1] != size || embeddings.values().length < size) {
            throw new PreprocessingException("the output of " + graph.name() + " must be as it declares, " + output + ", but was "
                    + Graph.text(sizes) + "; export it again");
        }
        return settings.pooling.pool(embeddings.values(), size);
    }

    private Graph.Output compute(float[] input, long[] sizes) {
        try {
            return graph.compute(input, sizes, output);
        } finally {
            // What is out of use releases the graph.
            Reference.reachabilityFence(this);
        }
    }

    /** Fills a window up to the length that the graph takes. */
    private float[] filled(float[] input, int count) {
        int given = input.length / count;
        int wanted = layout.frames(graph.input().sizes());
        if (wanted < 0 || wanted == given) {
            return input;
        }
        if (given > wanted || settings.fill.isEmpty()) {
            String unit = layout.isRaw() ? " samples" : " frames";
            throw new IllegalArgumentException(graph.name() + " takes windows of exactly " + wanted + unit + ", but got " + given
                    + unit + "; set window" + (given < wanted ? ", or fill, the value behind the end" : " to a shorter time"));
        }
        float[] filled = Arrays.copyOf(input, wanted * count);
        Arrays.fill(filled, input.length, filled.length, (float) settings.fill.getAsDouble());
        return filled;
    }

    /** Returns the samples with mean 0 and variance 1. */
    private static float[] normalized(float[] samples) {
        double mean = 0;
        for (float sample : samples) {
            mean += sample;
        }
        mean /= samples.length;
        double variance = 0;
        for (float sample : samples) {
            variance += (sample - mean) * (sample - mean);
        }
        double scale = 1 / Math.sqrt(variance / samples.length + LEAST_VARIANCE);
        float[] normalized = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            normalized[i] = (float) ((samples[i] - mean) * scale);
        }
        return normalized;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("file", fileName);
        all.put("sha256", sha256);
        settings.frontend.map(FeatureExtractor::description).ifPresent(frontend -> {
            all.put("frontend.type", frontend.type());
            frontend.settings().forEach((name, value) -> all.put("frontend." + name, value));
        });
        all.put(SAMPLE_RATE.name(), settings.sampleRate);
        all.put("normalizeWaveform", settings.normalizeWaveform);
        all.put("layout", Settings.nameOf(layout));
        settings.fill.ifPresent(value -> all.put("fill", value));
        all.put("output", output.name());
        all.put("pooling", Settings.nameOf(settings.pooling));
        settings.window.ifPresent(seconds -> all.put("window", seconds));
        settings.hop.ifPresent(seconds -> all.put("hop", seconds));
        settings.licence.ifPresent(text -> all.put("licence", text));
        settings.pretrainingData.ifPresent(text -> all.put("pretrainingData", text));
        return new ComponentDescription(TYPE, all);
    }

    /** Frees the native memory, unless another encoder uses the same file. Does nothing if called again. */
    @Override
    public void close() {
        cleanable.clean();
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /** Settings of an {@link OnnxEncoder}. Not thread-safe. */
    public static final class Builder {

        private final String file;
        private final int sampleRate;
        private Optional<String> sha256 = Optional.empty();
        private Optional<FeatureExtractor> frontend = Optional.empty();
        private boolean normalizeWaveform;
        private Optional<Layout> layout = Optional.empty();
        private OptionalDouble fill = OptionalDouble.empty();
        private Optional<String> output = Optional.empty();
        private Pooling pooling = Pooling.MEAN;
        private OptionalDouble window = OptionalDouble.empty();
        private OptionalDouble hop = OptionalDouble.empty();
        private Optional<String> licence = Optional.empty();
        private Optional<String> pretrainingData = Optional.empty();

        private Builder(String file, int sampleRate) {
            this.file = file;
            this.sampleRate = SAMPLE_RATE.check(sampleRate);
        }

        private Builder(Builder other) {
            this(other.file, other.sampleRate);
            sha256 = other.sha256;
            frontend = other.frontend;
            normalizeWaveform = other.normalizeWaveform;
            layout = other.layout;
            fill = other.fill;
            output = other.output;
            pooling = other.pooling;
            window = other.window;
            hop = other.hop;
            licence = other.licence;
            pretrainingData = other.pretrainingData;
        }

        /** Sets the SHA-256 that the file must have, in lower-case hexadecimal; by default it is not compared. */
        public Builder sha256(String digest) {
            this.sha256 = Optional.of(digest);
            return this;
        }

        /** Sets the features that the encoder takes; by default it takes raw waveforms. */
        public Builder frontend(FeatureExtractor extractor) {
            this.frontend = Optional.of(extractor);
            return this;
        }

        /**
         * Sets whether each window of samples x is normalised first, to (x - mean) / sqrt(variance + 1e-7), as wav2vec 2.0 and
         * HuBERT expect it; by default it is not.
         */
        public Builder normalizeWaveform(boolean normalize) {
            this.normalizeWaveform = normalize;
            return this;
        }

        /** Sets the layout of the input; by default the only one that fits the graph. */
        public Builder layout(Layout axes) {
            this.layout = Optional.of(axes);
            return this;
        }

        /**
         * Sets the value behind the end of windows that are shorter than the graph takes; by default, they are refused. It is a
         * value of the front end, or an amplitude.
         */
        public Builder fill(double value) {
            this.fill = OptionalDouble.of(value);
            return this;
        }

        /** Sets the name of the output; by default the graph's only one. */
        public Builder output(String name) {
            this.output = Optional.of(name);
            return this;
        }

        /** Sets the pooling of the embeddings of a window; by default {@link Pooling#MEAN}. */
        public Builder pooling(Pooling way) {
            this.pooling = way;
            return this;
        }

        /** Sets the length of the encoder's own windows, positive; by default the whole window of the pipeline is one. */
        public Builder window(Duration length) {
            this.window = OptionalDouble.of(WINDOW.check(seconds(length)));
            return this;
        }

        /** Sets the step between the encoder's own windows, positive; by default their length. */
        public Builder hop(Duration step) {
            this.hop = OptionalDouble.of(HOP.check(seconds(step)));
            return this;
        }

        private static double seconds(Duration time) {
            return time.toNanos() / 1e9;
        }

        /** Sets the licence of the encoder, for the model card. */
        public Builder licence(String text) {
            this.licence = Optional.of(text);
            return this;
        }

        /** Sets the description of the data that the encoder was trained on, for the model card. */
        public Builder pretrainingData(String text) {
            this.pretrainingData = Optional.of(text);
            return this;
        }

        /**
         * Opens the file and returns the encoder.
         *
         * @throws IllegalArgumentException if there is no such file, it is no such graph, or a setting does not fit it; the
         *     message names the setting
         */
        public OnnxEncoder build() {
            if (hop.isPresent() && window.isEmpty()) {
                throw new InvalidSettingException("hop", "needs windows of the encoder, but there are none; set window");
            }
            frontend.flatMap(part -> part.sampleRate().stream().boxed().findFirst()).filter(only -> only != sampleRate)
                    .ifPresent(only -> {
                        throw new InvalidSettingException(SAMPLE_RATE.name(), "must be " + only + " Hz, that of the frontend, but"
                                + " was " + sampleRate + " Hz; correct it, or the frontend");
                    });
            GraphFile found = GraphFile.find(file, sha256);
            Graph graph = Graph.open(found);
            try {
                return new OnnxEncoder(new Builder(this), found, graph);
            } catch (RuntimeException e) {
                graph.release();
                throw e;
            }
        }
    }

    /** Registers {@code onnx-encoder}; the settings and their defaults are those of the {@link Builder}. */
    public static final class Provider extends ComponentProvider<FeatureExtractor> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureExtractor.class, TYPE,
                    Setting.file("file", "ONNX file, or its name in a folder of SPIRA_ENCODERS."),
                    Setting.text("sha256", "SHA-256 that the file must have.").optional("not compared"),
                    Setting.component("frontend", FeatureExtractor.class, "Features that the encoder takes.")
                            .optional("none; it takes raw waveforms"),
                    SAMPLE_RATE,
                    Setting.truth("normalizeWaveform", "True if the samples of each window get mean 0 and variance 1 first.")
                            .byDefault(false),
                    Setting.choice("layout", Layout.class, "Axes of the graph's input behind that of the windows.")
                            .optional("the only one that fits the graph"),
                    Setting.number("fill", "Value behind the end of windows that are shorter than the graph takes.")
                            .optional("none; they are refused"),
                    Setting.text("output", "Name of the graph's output.").optional("the only one"),
                    Setting.choice("pooling", Pooling.class, "Way from the embeddings of a window to its features.")
                            .byDefault(Pooling.MEAN),
                    WINDOW,
                    HOP,
                    Setting.text("licence", "Licence of the encoder, for the model card.").optional("not known"),
                    Setting.text("pretrainingData", "Data that the encoder was trained on, for the model card.")
                            .optional("not known"));
        }

        @Override
        protected FeatureExtractor create(Settings settings) {
            Builder builder = new Builder(settings.string("file"), settings.integer(SAMPLE_RATE.name()));
            builder.sha256 = text(settings, "sha256");
            if (settings.has("frontend")) {
                builder.frontend(settings.component("frontend", FeatureExtractor.class));
            }
            builder.normalizeWaveform(settings.bool("normalizeWaveform"));
            if (settings.has("layout")) {
                builder.layout(settings.choice("layout", Layout.class));
            }
            if (settings.has("fill")) {
                builder.fill(settings.number("fill"));
            }
            builder.output = text(settings, "output");
            builder.pooling(settings.choice("pooling", Pooling.class));
            if (settings.has(WINDOW.name())) {
                builder.window(settings.seconds(WINDOW.name()));
            }
            if (settings.has(HOP.name())) {
                builder.hop(settings.seconds(HOP.name()));
            }
            builder.licence = text(settings, "licence");
            builder.pretrainingData = text(settings, "pretrainingData");
            return builder.build();
        }

        private static Optional<String> text(Settings settings, String name) {
            return settings.has(name) ? Optional.of(settings.string(name)) : Optional.empty();
        }
    }
}
