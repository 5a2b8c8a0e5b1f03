package io.github.spirabr.training;

import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.testkit.ModelFactoryContract;

class SpiraConvV2ContractTest extends ModelFactoryContract {

    @Override
    protected ModelFactory create() {
        return SpiraConv.v2();
    }
}
