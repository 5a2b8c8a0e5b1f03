package io.github.spirabr.pytorch.internal;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.NetworkEngineContract;
import java.util.List;
import java.util.SplittableRandom;

/** PyTorch's engine by a network with dropout, normalisation and running statistics; {@link BlockNetworkTest} measures memory. */
class PytorchEngineContractTest extends NetworkEngineContract {

    private static final InputShape INPUT = new InputShape(20, 4);

    @Override
    protected Network build(long seed) {
        Layer layers = Layers.sequence(
                Layers.convolution("conv", 1, 3, 3, 1), Layers.normalisation("bn", 3), Layers.of(x -> x.tanh()),
                Layers.dropout("conv", 0.2),
                Layers.of(x -> x.reshape(x.getShape().get(0), -1)),
                Layers.dense("fc", 3 * INPUT.frames() * INPUT.features(), 1, Layer.Initial.GLOROT, Layer.Initial.ZEROS));
        return BlockNetwork.of(layers, AcceptedWindows.of(INPUT), "cpu", new SplittableRandom(seed));
    }

    @Override
    protected InputShape input() {
        return INPUT;
    }

    /** The engine promises bits for one number of threads. */
    @Override
    protected List<Integer> threads() {
        return List.of(1);
    }
}
