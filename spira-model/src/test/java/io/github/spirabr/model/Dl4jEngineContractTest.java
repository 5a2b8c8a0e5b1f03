package io.github.spirabr.model;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.model.internal.network.LayerNetwork;
import io.github.spirabr.training.SmallData;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.NetworkEngineContract;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;

class Dl4jEngineContractTest extends NetworkEngineContract {

    @Override
    protected Network build(long seed) {
        return LayerNetwork.build(OwnNetworks.convolutional(), SmallData.SHAPE, false, new SplittableRandom(seed));
    }

    @Override
    protected InputShape input() {
        return SmallData.SHAPE;
    }

    /** Arrays of ND4J are freed when the collector finds them; what is left after that is in use. */
    @Override
    protected long nativeBytes() {
        System.gc();
        return Pointer.totalBytes();
    }
}
