package io.github.spirabr.pytorch;

import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.testkit.ModelFactoryContract;

class PannsContractTest extends ModelFactoryContract {

    @Override
    protected ModelFactory create() {
        return Panns.mobileNetV1().on(ComputeDevice.CPU);
    }

    @Override
    protected InputShape input() {
        return new InputShape(40, 64);
    }
}
