package io.github.spirabr.training;

import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.NetworkEngineContract;

class SpiraConvV1EngineContractTest extends NetworkEngineContract {

    @Override
    protected Network build(long seed) {
        return ((UntrainedNetwork) SpiraConv.v1().create(input(), new RandomStreams(seed))).takeNetwork();
    }
}
