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
import io.github.spirabr.training.engine.WeightMemory;
import io.github.spirabr.training.internal.network.HeadNetwork;
import java.util.List;
import java.util.Map;

/**
 * A network of one hidden layer on windows of one frame, such as speech statistics, functionals or pooled embeddings. Each
 * feature is standardised by its mean and deviation in the training set, where each recording has the same weight, as the first
 * epoch augments it; a dense layer with Mish and dropout follows, and one sigmoid. Trained by {@link Trainer}. Immutable and
 * thread-safe.
 */
public final class Mlp implements ModelFactory {

    private static final String TYPE = "mlp";
    private static final int HIDDEN = 64;
    private static final double DROPOUT = 0.2;

    private final int hidden;
    private final double dropout;

    private Mlp(int hidden, double dropout) {
        this.hidden = hidden;
        this.dropout = dropout;
    }

    /** Returns a network with a hidden layer of 64 units and dropout 0.2. */
    public static Mlp standard() {
        return new Mlp(HIDDEN, DROPOUT);
    }

    /** Returns a copy with another number of units in the hidden layer, at least 1; by default 64. */
    public Mlp hidden(int units) {
        if (units < 1) {
            throw new InvalidSettingException("hidden", "must be at least 1, but was " + units);
        }
        return new Mlp(units, dropout);
    }

    /** Returns a copy with another dropout after the hidden layer, in [0, 1); by default 0.2. */
    public Mlp dropout(double probability) {
        if (!(probability >= 0 && probability < 1)) {
            throw new InvalidSettingException("dropout", "must be in [0, 1), but was " + probability);
        }
        return new Mlp(hidden, probability);
    }

    @Override
    public UntrainedModel create(InputShape input, RandomStreams random) {
        return untrained(TYPE, input, List.of(hidden), dropout, random);
    }

    /** Returns an untrained network of hidden layers; a linear one if there are none. */
    static UntrainedNetwork untrained(
            String type, InputShape input, List<Integer> hidden, double dropout, RandomStreams random) {
        if (input.frames() != 1) {
            throw new IllegalArgumentException("the network " + type + " must have windows of 1 frame, but got " + input
                    + "; extract one vector for each window, such as speech statistics, functionals or a pooled embedding");
        }
        long parameters = WeightMemory.require(type, HeadNetwork.parameters(input, hidden));
        int threads = Runtime.getRuntime().availableProcessors();
        return new UntrainedNetwork(input, parameters, false,
                () -> HeadNetwork.build(input, hidden, dropout, random.stream("weights"), threads));
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, Map.of("hidden", hidden, "dropout", dropout));
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /** A provider that registers {@code mlp} with the settings {@code hidden} and {@code dropout}. */
    public static final class Provider extends ComponentProvider<ModelFactory> {

        /** Creates the provider; called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(ModelFactory.class, TYPE,
                    Setting.integer("hidden", "Units of the hidden layer.").atLeast(1).byDefault(HIDDEN),
                    Setting.number("dropout", "Probability of dropout after the hidden layer.").atLeast(0).below(1)
                            .byDefault(DROPOUT));
        }

        @Override
        protected ModelFactory create(Settings settings) {
            return standard().hidden(settings.integer("hidden")).dropout(settings.number("dropout"));
        }
    }
}
