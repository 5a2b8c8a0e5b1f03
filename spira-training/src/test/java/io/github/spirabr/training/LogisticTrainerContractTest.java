package io.github.spirabr.training;

import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.testkit.ModelTrainerContract;

class LogisticTrainerContractTest extends ModelTrainerContract {

    @Override
    protected ModelTrainer create() {
        return Logistic.trainer();
    }

    @Override
    protected ModelFactory factory() {
        return Logistic.standard();
    }

    @Override
    protected InputShape input() {
        return new InputShape(1, 8);
    }
}
