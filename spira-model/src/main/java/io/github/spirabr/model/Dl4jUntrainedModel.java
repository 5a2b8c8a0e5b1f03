package io.github.spirabr.model;

import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.model.internal.network.Network;
import java.util.Map;

/** A network before training, which the trained model takes over. */
final class Dl4jUntrainedModel implements UntrainedModel {

    private final InputShape input;
    private final Network network;
    private boolean used;

    Dl4jUntrainedModel(InputShape input, Network network) {
        this.input = input;
        this.network = network;
    }

    @Override
    public InputShape input() {
        return input;
    }

    @Override
    public boolean takesLongerWindows() {
        return network.takesLongerWindows();
    }

    @Override
    public long parameterCount() {
        return network.parameterCount();
    }

    @Override
    public TrainedModel restore(Map<String, byte[]> state) {
        WeightsFile.read(state, network);
        Network owned = takeNetwork();
        return new Dl4jTrainedModel(input, owned);
    }

    @Override
    public TrainedModel restore(Map<String, byte[]> state, Parallelism parallelism) {
        TrainedModel restored = restore(state);
        network.threads(parallelism.threads());
        return restored;
    }

    /** Returns the network, at the first call only: two models must not share weights. */
    Network takeNetwork() {
        if (used) {
            throw new IllegalStateException("this untrained model was used already; create another from its factory");
        }
        used = true;
        return network;
    }
}
