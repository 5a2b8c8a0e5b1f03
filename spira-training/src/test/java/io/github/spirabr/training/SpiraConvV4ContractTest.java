package io.github.spirabr.training;

import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.testkit.ModelFactoryContract;

class SpiraConvV4ContractTest extends ModelFactoryContract {

    @Override
    protected ModelFactory create() {
        return SpiraConv.v4().kernels(5, 3, 3, 2).dilation(1).dense(20, 10).dropout(0.3).outputs(2).build();
    }
}
