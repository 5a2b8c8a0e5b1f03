package io.github.spirabr.training;

import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.testkit.ModelFactoryContract;

class LogisticContractTest extends ModelFactoryContract {

    @Override
    protected ModelFactory create() {
        return Logistic.standard().l2(0.5).balanced(true);
    }

    @Override
    protected InputShape input() {
        return new InputShape(1, 8);
    }
}
