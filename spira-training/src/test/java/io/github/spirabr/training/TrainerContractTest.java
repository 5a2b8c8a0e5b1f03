package io.github.spirabr.training;

import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.testkit.ModelTrainerContract;
import net.jqwik.api.Tag;

@Tag("slow")
class TrainerContractTest extends ModelTrainerContract {

    @Override
    protected ModelTrainer create() {
        return Trainer.builder()
                .optimizer(AdamW.of(2e-3)).schedule(Noam.warmup(5)).epochs(2).batchSize(4).clipNorm(1)
                .checkpointEverySteps(2)
                .build();
    }

    @Override
    protected ModelFactory factory() {
        return SpiraConv.v2();
    }
}
