package io.github.spirabr.training;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.training.internal.kernel.Kernels;
import io.github.spirabr.training.internal.network.Convolution;
import io.github.spirabr.training.internal.network.SpiraConvNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The published SPIRA networks (Casanova et al., "Deep Learning against COVID-19: Respiratory
 * Insufficiency Detection in Brazilian Portuguese Speech", Findings of ACL 2021). Immutable and safe
 * for any number of threads.
 */
public final class SpiraConv implements ModelFactory {

    private static final String TYPE_V1 = "spiraconv-v1";
    private static final String TYPE_V2 = "spiraconv-v2";
    private static final String TYPE_V4 = "spiraconv-v4";

    private static final int[] CHANNELS = {32, 16, 8, 4};
    private static final int[] GROUPS = {16, 8, 4, 2};
    private static final int[] KERNELS = {7, 5, 3, 2};
    private static final int DILATION = 2;
    private static final double DROPOUT = 0.7;
    private static final int DENSE = 100;

    private final String type;
    private final Map<String, Object> settings;
    private final SpiraConvNetwork network;

    private SpiraConv(String type, Map<String, Object> settings, SpiraConvNetwork network) {
        this.type = type;
        this.settings = settings;
        this.network = network;
    }

    /**
     * Returns SpiraConv V1: {@link #v2} with batch normalisation instead of group normalisation. In training each channel is
     * normalised over all windows of a batch, in prediction with the running mean and variance (momentum 0.1). All windows of
     * a batch are in memory at once, about 16 MB for each window of 401 frames of 40 features.
     */
    public static SpiraConv v1() {
        return new SpiraConv(TYPE_V1, Map.of(),
                new SpiraConvNetwork(convolutions(KERNELS, DILATION), true, 0, List.of(DENSE), DROPOUT, 1));
    }

    /**
     * Returns SpiraConv V2: four convolutions over time (kernels of 7, 5, 3 and 2 frames, dilation 2, 2, 2
     * and 1; 32, 16, 8 and 4 channels), each with group normalisation (16, 8, 4 and 2 groups) and
     * Mish, the maximum of each two frames after the first three, dropout 0.7; flattened time-major,
     * a dense layer of 100 with Mish and dropout 0.7, one sigmoid. 691,613 parameters for 401 frames
     * of 40 features; at least 60 frames are needed.
     */
    public static SpiraConv v2() {
        return new SpiraConv(TYPE_V2, Map.of(),
                new SpiraConvNetwork(convolutions(KERNELS, DILATION), false, 0, List.of(DENSE), DROPOUT, 1));
    }

    /**
     * Returns a line for people about the arithmetic of these networks on this machine, and how to make it faster. Results do not
     * depend on it.
     */
    public static String arithmetic() {
        return Kernels.description();
    }

    /** Returns a builder of SpiraConv V4, which is V2 with parameters. The defaults equal V2. */
    public static V4Builder v4() {
        return new V4Builder();
    }

    /**
     * Returns a builder of SpiraConv V4 with the parameters of this network.
     *
     * @throws IllegalStateException if this is SpiraConv V1, as V4 has no batch normalisation
     */
    public V4Builder toBuilder() {
        if (network.batchNormalised()) {
            throw new IllegalStateException("SpiraConv V1 has no builder, as V4 has no batch normalisation; start with v4()");
        }
        return v4()
                .kernels(network.convolutions().stream().mapToInt(Convolution::kernel).toArray())
                .dilation(network.convolutions().get(0).dilation())
                .dropout(network.dropout())
                .dense(network.dense().stream().mapToInt(Integer::intValue).toArray())
                .outputs(network.outputs())
                .averagePooling(network.pooledFrames());
    }

    private static List<Convolution> convolutions(int[] kernels, int dilation) {
        List<Convolution> convolutions = new ArrayList<>();
        for (int c = 0; c < CHANNELS.length; c++) {
            boolean last = c == CHANNELS.length - 1;
            convolutions.add(new Convolution(CHANNELS[c], kernels[c], last ? 1 : dilation, GROUPS[c], !last));
        }
        return convolutions;
    }

    private static List<Integer> boxed(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    @Override
    public UntrainedModel create(InputShape input, RandomStreams random) {
        int threads = Runtime.getRuntime().availableProcessors();
        return new UntrainedNetwork(input, network.parameters(input), network.pooledFrames() > 0,
                windows -> network.workspaceBytes(input, windows, threads),
                () -> network.build(input, random.stream("weights"), threads));
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(type, settings);
    }

    @Override
    public String toString() {
        return type + settings;
    }

    /** A builder of SpiraConv V4. Not thread-safe. */
    public static final class V4Builder {

        private int[] kernels = KERNELS;
        private int dilation = DILATION;
        private double dropout = DROPOUT;
        private int[] dense = {DENSE};
        private int outputs = 1;
        private int pooledFrames;

        private V4Builder() {}

        /** Sets the kernel lengths of the four convolutions in frames, at least 1; by default 7, 5, 3 and 2. */
        public V4Builder kernels(int... frames) {
            if (frames.length != CHANNELS.length) {
                throw new InvalidSettingException("kernels",
                        "must be " + CHANNELS.length + " lengths, one for each convolution, but was "
                                + Arrays.toString(frames));
            }
            this.kernels = positive("kernels", frames);
            return this;
        }

        /** Sets the dilation of the first three convolutions in frames, at least 1; by default 2. The last has 1. */
        public V4Builder dilation(int frames) {
            this.dilation = positive("dilation", frames)[0];
            return this;
        }

        /** Sets the dropout after each convolution and each hidden dense layer, in [0, 1); by default 0.7. */
        public V4Builder dropout(double probability) {
            if (!(probability >= 0 && probability < 1)) {
                throw new InvalidSettingException("dropout", "must be in [0, 1), but was " + probability);
            }
            this.dropout = probability;
            return this;
        }

        /** Sets the units of each hidden dense layer, at least 1; by default one layer of 100. */
        public V4Builder dense(int... units) {
            this.dense = positive("dense", units);
            return this;
        }

        /**
         * Sets the number of sigmoid outputs, at least 1; by default 1, the probability of being a patient. Several outputs
         * are one for each class, controls first and patients second, trained independently as published; the second output is
         * the prediction.
         */
        public V4Builder outputs(int count) {
            this.outputs = positive("outputs", count)[0];
            return this;
        }

        /**
         * Sets the number of frames that the convolutions' output is averaged to, as {@code torch.nn.AdaptiveAvgPool2d}
         * does. The network then takes windows of any length that the convolutions take; the published value is half the
         * units of the dense layer. By default 0, for no averaging: then all windows have the same length. The averages are
         * flattened channel-major, as published: for each channel all frames, for each frame all features; without averaging the
         * order is time-major.
         */
        public V4Builder averagePooling(int frames) {
            if (frames < 0) {
                throw new InvalidSettingException("averagePooling", "must be 0 or more, but was " + frames + "; set 0 for no averaging");
            }
            this.pooledFrames = frames;
            return this;
        }

        /** Returns the network. */
        public SpiraConv build() {
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("kernels", boxed(kernels));
            settings.put("dilation", dilation);
            settings.put("dropout", dropout);
            settings.put("dense", boxed(dense));
            settings.put("outputs", outputs);
            settings.put("averagePooling", pooledFrames);
            List<Integer> units = boxed(dense);
            return new SpiraConv(TYPE_V4, settings, new SpiraConvNetwork(
                    convolutions(kernels, dilation), false, pooledFrames, units, dropout, outputs));
        }

        private static int[] positive(String name, int... values) {
            if (values.length == 0) {
                throw new InvalidSettingException(name, "is empty; give at least one number");
            }
            for (int value : values) {
                if (value < 1) {
                    throw new InvalidSettingException(name, "must be at least 1, but was " + value);
                }
            }
            return values.clone();
        }
    }

    /** A provider that registers {@code spiraconv-v1}, which has no settings. */
    public static final class V1Provider extends ComponentProvider<ModelFactory> {

        /** Creates the provider; called by {@link java.util.ServiceLoader}. */
        public V1Provider() {
            super(ModelFactory.class, TYPE_V1);
        }

        @Override
        protected ModelFactory create(Settings settings) {
            return v1();
        }
    }

    /** A provider that registers {@code spiraconv-v2}, which has no settings. */
    public static final class V2Provider extends ComponentProvider<ModelFactory> {

        /** Creates the provider; called by {@link java.util.ServiceLoader}. */
        public V2Provider() {
            super(ModelFactory.class, TYPE_V2);
        }

        @Override
        protected ModelFactory create(Settings settings) {
            return v2();
        }
    }

    /**
     * A provider that registers {@code spiraconv-v4} with settings {@code kernels}, {@code dilation}, {@code dropout}, {@code
     * dense}, {@code outputs} and {@code averagePooling}; their defaults are the builder's.
     */
    public static final class V4Provider extends ComponentProvider<ModelFactory> {

        /** Creates the provider; called by {@link java.util.ServiceLoader}. */
        public V4Provider() {
            super(ModelFactory.class, TYPE_V4,
                    Setting.integers("kernels", "Frames that each of the four convolutions spans; by default those of spiraconv-v2.")
                            .atLeast(1).byDefault(boxed(KERNELS)),
                    Setting.integer("dilation", "Frames between the taps of the first three convolutions; by default that of spiraconv-v2.")
                            .atLeast(1).byDefault(DILATION),
                    Setting.number("dropout", "Probability of dropout after each layer; by default that of spiraconv-v2.")
                            .atLeast(0).below(1).byDefault(DROPOUT),
                    Setting.integers("dense", "Units of each hidden dense layer; by default those of spiraconv-v2.")
                            .atLeast(1).byDefault(List.of(DENSE)),
                    Setting.integer("outputs", "Number of sigmoids; by default one, as spiraconv-v2.").atLeast(1).byDefault(1),
                    Setting.integer("averagePooling", "Frames to which the last convolution is averaged; 0, as spiraconv-v2, is for none.")
                            .atLeast(0).byDefault(0));
        }

        @Override
        protected ModelFactory create(Settings settings) {
            return v4()
                    .kernels(settings.integers("kernels"))
                    .dense(settings.integers("dense"))
                    .dilation(settings.integer("dilation"))
                    .dropout(settings.number("dropout"))
                    .outputs(settings.integer("outputs"))
                    .averagePooling(settings.integer("averagePooling"))
                    .build();
        }
    }
}
