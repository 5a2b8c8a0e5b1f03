package io.github.spirabr.training;

import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.NetworkEngineContract;

class SpiraConvV4EngineContractTest extends NetworkEngineContract {

    @Override
    protected Network build(long seed) {
        return ((UntrainedNetwork) SpiraConv.v4().averagePooling(4).outputs(2).dropout(0.3).build().create(input(), new RandomStreams(seed))).takeNetwork();
    }
}
