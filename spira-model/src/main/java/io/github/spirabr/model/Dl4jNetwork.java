package io.github.spirabr.model;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.model.internal.network.LayerNetwork;
import io.github.spirabr.training.Trainer;
import io.github.spirabr.training.UntrainedNetwork;
import io.github.spirabr.training.engine.Network;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network of any configuration of Deeplearning4j's layers, trained by {@link Trainer} like the built-in networks. The
 * last layer must be an {@code OutputLayer} with sigmoid activation; its only output, or the second of several, is the
 * probability of being a patient. The configuration's loss, updaters, regularisation and seed are not used: the
 * trainer brings its own, and weights and dropout are drawn from the run's seed. Nothing else in the process may draw from
 * ND4J's generator while such a network is trained, as its layers draw from it. ND4J chooses its arithmetic by the processor:
 * a training gives the same bits on one machine only. Immutable and thread-safe.
 */
public final class Dl4jNetwork implements ModelFactory {

    private static final String TYPE = "dl4j";
    /** A tolerance for sums in single precision, whose order OpenBLAS chooses by the processor. */
    private static final double MACHINE_TOLERANCE = 1e-4;

    private final String json;
    private final boolean sequence;

    private Dl4jNetwork(String json, boolean sequence) {
        this.json = json;
        this.sequence = sequence;
    }

    /**
     * Returns a network that takes each window as one row of frames times features values, frame after frame, as with {@code
     * InputType.feedForward} or {@code InputType.convolutionalFlat(frames, features, 1)}.
     *
     * @param json text of {@code MultiLayerConfiguration.toJson()}
     */
    public static Dl4jNetwork of(String json) {
        return new Dl4jNetwork(json, false);
    }

    /**
     * Returns a network that takes each window as a sequence of frames, as with {@code InputType.recurrent(features, frames)}.
     *
     * @param json text of {@code MultiLayerConfiguration.toJson()}
     */
    public static Dl4jNetwork ofSequence(String json) {
        return new Dl4jNetwork(json, true);
    }

    @Override
    public UntrainedModel create(InputShape input, RandomStreams random) {
        Network network = LayerNetwork.build(json, input, sequence, random.stream("weights"));
        return new UntrainedNetwork(input, network.parameterCount(), network.takesLongerWindows(), () -> network);
    }

    @Override
    public double machineTolerance() {
        return MACHINE_TOLERANCE;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("sequence", sequence);
        settings.put("configuration", json);
        return new ComponentDescription(TYPE, settings);
    }

    /**
     * A provider that registers {@code dl4j} with settings {@code configuration}, the JSON text, and {@code sequence}, false by
     * default.
     */
    public static final class Provider extends ComponentProvider<ModelFactory> {

        /** Creates the provider; called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(ModelFactory.class, TYPE,
                    Setting.text("configuration", "Configuration of the layers as JSON, as Deeplearning4j writes it."),
                    Setting.truth("sequence", "True if the network takes a window as a sequence of frames; otherwise as one row.").byDefault(false));
        }

        @Override
        protected ModelFactory create(Settings settings) {
            return new Dl4jNetwork(settings.string("configuration"), settings.bool("sequence"));
        }
    }
}
