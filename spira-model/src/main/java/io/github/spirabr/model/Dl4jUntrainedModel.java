package io.github.spirabr.model;

import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.model.internal.network.Network;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A network before training, which the trained model takes over. It is built when it is needed for the first time. */
final class Dl4jUntrainedModel implements UntrainedModel {

    private final InputShape input;
    private final long parameters;
    private final boolean takesLongerWindows;
    private final Supplier<Network> builder;
    private @Nullable Network network;
    private boolean used;

    Dl4jUntrainedModel(InputShape input, long parameters, boolean takesLongerWindows, Supplier<Network> builder) {
        this.input = input;
        this.parameters = parameters;
        this.takesLongerWindows = takesLongerWindows;
        this.builder = builder;
    }

    @Override
    public InputShape input() {
        return input;
    }

    @Override
    public boolean takesLongerWindows() {
        return takesLongerWindows;
    }

    @Override
    public long parameterCount() {
        return parameters;
    }

    /** Compares the number of stored weights before the network takes any memory. */
    @Override
    public TrainedModel restore(Map<String, byte[]> state) {
        WeightsFile.requireWeights(state, parameters);
        WeightsFile.read(state, network());
        Network owned = takeNetwork();
        return new Dl4jTrainedModel(input, owned);
    }

    @Override
    public TrainedModel restore(Map<String, byte[]> state, Parallelism parallelism) {
        TrainedModel restored = restore(state);
        network().threads(parallelism.threads());
        return restored;
    }

    /** Returns the network, at the first call only: two models must not share weights. */
    Network takeNetwork() {
        if (used) {
            throw new IllegalStateException("this untrained model was used already; create another from its factory");
        }
        used = true;
        return network();
    }

    private Network network() {
        if (network == null) {
            network = builder.get();
        }
        return network;
    }
}
