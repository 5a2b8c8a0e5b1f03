package io.github.spirabr.model;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.training.ModelFactory;
import io.github.spirabr.core.training.UntrainedModel;
import io.github.spirabr.model.internal.network.SpiraConvNetwork;
import io.github.spirabr.model.internal.network.SpiraConvNetwork.Convolution;
import java.util.List;
import java.util.Map;

/**
 * The published SPIRA networks (Casanova et al., "Deep Learning against COVID-19: Respiratory
 * Insufficiency Detection in Brazilian Portuguese Speech", Findings of ACL 2021). Immutable and safe
 * for any number of threads.
 */
public final class SpiraConv implements ModelFactory {

    private static final String TYPE_V2 = "spiraconv-v2";

    private static final SpiraConvNetwork V2 = new SpiraConvNetwork(
            List.of(
                    new Convolution(32, 7, 2, 16, true),
                    new Convolution(16, 5, 2, 8, true),
                    new Convolution(8, 3, 2, 4, true),
                    new Convolution(4, 2, 1, 2, false)),
            100,
            0.7);

    private final String type;
    private final SpiraConvNetwork network;

    private SpiraConv(String type, SpiraConvNetwork network) {
        this.type = type;
        this.network = network;
    }

    /**
     * SpiraConv V2. Four convolutions over time (kernels of 7, 5, 3 and 2 frames, dilation 2, 2, 2
     * and 1; 32, 16, 8 and 4 channels), each with group normalisation (16, 8, 4 and 2 groups) and
     * Mish, the maximum of each two frames after the first three, dropout 0.7; flattened time-major,
     * a dense layer of 100 with Mish and dropout 0.7, one sigmoid. 691,613 parameters for 401 frames
     * of 40 features; at least 60 frames are needed.
     */
    public static SpiraConv v2() {
        return new SpiraConv(TYPE_V2, V2);
    }

    @Override
    public UntrainedModel create(InputShape input, RandomStreams random) {
        int threads = Runtime.getRuntime().availableProcessors();
        return new Dl4jUntrainedModel(input, network.build(input, random.stream("weights"), threads));
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(type, Map.of());
    }

    /** Registers {@code spiraconv-v2}, which has no settings. */
    public static final class V2Provider implements ComponentProvider<ModelFactory> {

        /** Called by {@link java.util.ServiceLoader}. */
        public V2Provider() {}

        @Override
        public Class<ModelFactory> port() {
            return ModelFactory.class;
        }

        @Override
        public String type() {
            return TYPE_V2;
        }

        @Override
        public ModelFactory create(Settings settings) {
            return v2();
        }
    }
}
