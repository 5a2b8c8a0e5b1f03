package io.github.spirabr.training;

import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.testkit.ModelFactoryContract;

class MlpContractTest extends ModelFactoryContract {

    @Override
    protected ModelFactory create() {
        return Mlp.standard().hidden(5).dropout(0.3);
    }

    @Override
    protected InputShape input() {
        return new InputShape(1, 8);
    }
}
