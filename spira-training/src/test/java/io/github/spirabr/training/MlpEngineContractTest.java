package io.github.spirabr.training;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.NetworkEngineContract;

class MlpEngineContractTest extends NetworkEngineContract {

    @Override
    protected Network build(long seed) {
        return ((UntrainedNetwork) Mlp.standard().hidden(500).create(input(), new RandomStreams(seed))).takeNetwork();
    }

    @Override
    protected InputShape input() {
        return new InputShape(1, 8);
    }
}
