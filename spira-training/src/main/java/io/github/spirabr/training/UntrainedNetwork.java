package io.github.spirabr.training;

import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.training.engine.Network;
import java.util.Map;

/**
 * An untrained model around a network of any engine, which {@link Trainer} trains and the trained model takes over. Not
 * thread-safe.
 */
public final class UntrainedNetwork implements UntrainedModel {

    private final InputShape input;
    private final Network network;
    private boolean used;

    /**
     * Creates an untrained model.
     *
     * @param input shape of the windows that the network was built for
     * @param network network with its initial weights, owned by the model from now on
     */
    public UntrainedNetwork(InputShape input, Network network) {
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
        return new TrainedNetwork(input, owned);
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
