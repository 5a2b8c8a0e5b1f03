package io.github.spirabr.training;

import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.testkit.ModelTrainerContract;

class MlpTrainerContractTest extends ModelTrainerContract {

    @Override
    protected ModelTrainer create() {
        return Trainer.builder().epochs(3).batchSize(4).checkpointEverySteps(2).build();
    }

    @Override
    protected ModelFactory factory() {
        return Mlp.standard();
    }

    @Override
    protected InputShape input() {
        return new InputShape(1, 8);
    }
}
