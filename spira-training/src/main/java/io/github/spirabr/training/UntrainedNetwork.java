package io.github.spirabr.training;

import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.training.engine.Network;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An untrained model around a network of any engine, which {@link Trainer} trains and the trained model takes over. The
 * network is built when it is needed for the first time. Not thread-safe.
 */
public final class UntrainedNetwork implements UntrainedModel {

    /** Copies of the weights: network, gradient, trainer, best epoch, two moments of an optimizer, and one in transit. */
    private static final int COPIES_OF_WEIGHTS = 7;

    private final InputShape input;
    private final long parameters;
    private final boolean takesLongerWindows;
    private final IntToLongFunction workspaceBytes;
    private final Supplier<Network> builder;
    private @Nullable Network network;
    private boolean used;

    /**
     * Creates an untrained model of a network that takes Java's heap for its weights alone.
     *
     * @param input shape of the windows that the network is built for
     * @param parameters number of trained parameters
     * @param takesLongerWindows true if the network also takes windows of more frames
     * @param builder builds the network with its initial weights; called once at most, and the model owns the result
     */
    public UntrainedNetwork(InputShape input, long parameters, boolean takesLongerWindows, Supplier<Network> builder) {
        this(input, parameters, takesLongerWindows, windows -> 0, builder);
    }

    /**
     * Creates an untrained model.
     *
     * @param input shape of the windows that the network is built for
     * @param parameters number of trained parameters
     * @param takesLongerWindows true if the network also takes windows of more frames
     * @param workspaceBytes bytes of Java's heap that the gradient of so many windows takes beside the weights
     * @param builder builds the network with its initial weights; called once at most, and the model owns the result
     */
    public UntrainedNetwork(InputShape input, long parameters, boolean takesLongerWindows, IntToLongFunction workspaceBytes,
            Supplier<Network> builder) {
        this.input = input;
        this.parameters = parameters;
        this.takesLongerWindows = takesLongerWindows;
        this.workspaceBytes = workspaceBytes;
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
        Network owned = takeNetwork();
        try {
            WeightsFile.read(state, owned);
        } catch (RuntimeException e) {
            owned.close();
            throw e;
        }
        return new TrainedNetwork(input, owned);
    }

    @Override
    public TrainedModel restore(Map<String, byte[]> state, Parallelism parallelism) {
        TrainedModel restored = restore(state);
        network().threads(parallelism.threads());
        return restored;
    }

    /** Returns the bytes of Java's heap that training on so many windows at a time takes. The network is not built. */
    long trainingBytes(int windows) {
        return weightBytes() + workspaceBytes.applyAsLong(windows);
    }

    /** Returns the bytes of Java's heap that training takes if an engine computes the gradient outside the heap. */
    long weightBytes() {
        return COPIES_OF_WEIGHTS * Float.BYTES * parameters;
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
