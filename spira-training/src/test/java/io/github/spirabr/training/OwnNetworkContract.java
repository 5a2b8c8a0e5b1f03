package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData.Sampling;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.Mixup;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.work.Parallelism;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Contract of networks of a user's own layers, on any engine, in the hands of the trainer. */
public abstract class OwnNetworkContract {

    private final ModelFactory factory;
    private final Parallelism parallelism;
    private final int everyCheckpoint;

    /**
     * Creates the contract.
     *
     * @param everyCheckpoint training is resumed from each so manieth checkpoint
     */
    protected OwnNetworkContract(ModelFactory factory, Parallelism parallelism, int everyCheckpoint) {
        this.factory = factory;
        this.parallelism = parallelism;
        this.everyCheckpoint = everyCheckpoint;
    }

    private TrainingContext context(RandomStreams random) {
        return TrainingContext.of(random, new TrainingListener() {}).withParallelism(parallelism);
    }

    protected final TrainedModel train(int epochs) {
        return train(factory, epochs);
    }

    protected final TrainedModel train(ModelFactory some, int epochs) {
        RandomStreams random = new RandomStreams(7);
        return Trainer.builder().optimizer(Adam.of(1e-2)).epochs(epochs).build()
                .train(some.create(SmallData.SHAPE, random), new SmallData(40, 1), new SmallData(20, 2), context(random))
                .model();
    }

    @Test
    void anOwnNetworkLearns() {
        try (TrainedModel model = train(8)) {
            assertThat(Evaluator.evaluate(model, new SmallData(40, 3), 0.5).confusionMatrix().accuracy())
                    .isGreaterThan(0.85);
        }
    }

    @Test
    void aResumedTrainingEqualsAnUninterruptedOne() {
        MemoryCheckpoints all = new MemoryCheckpoints();
        Map<String, byte[]> whole = trained(all);
        assertThat(whole).containsOnlyKeys("weights.safetensors");
        for (int count = 1; count <= all.saved.size(); count += everyCheckpoint) {
            assertThat(trained(all.upTo(count))).containsAllEntriesOf(whole);
        }
    }

    private Map<String, byte[]> trained(MemoryCheckpoints store) {
        RandomStreams random = new RandomStreams(17);
        Trainer trainer = Trainer.builder().optimizer(RAdam.of(3e-3)).schedule(Noam.warmup(5))
                .loss(Loss.clippedBinaryCrossEntropy().balanced()).sampling(Sampling.BALANCED).augmentBatches(Mixup.of(0.4))
                .earlyStopping(EarlyStopping.on(Metric.AUROC, 2)).validateEverySteps(3)
                .epochs(3).batchSize(6).checkpointEverySteps(1).build();
        try (TrainedModel model = trainer.train(factory.create(SmallData.SHAPE, random), new SmallData(20, 1),
                new SmallData(8, 2), context(random).withCheckpoints(store, "run")).model()) {
            return model.state();
        }
    }

    /** A network of most frameworks is not thread-safe, and two threads could get each other's answers. */
    @Test
    void twoThreadsGetTheirOwnAnswers() throws InterruptedException, ExecutionException {
        try (TrainedModel model = train(1)) {
            SmallData.assertAnswersTogether(model, 2);
        }
    }

    @Test
    void oneSeedGivesOneModelWithItsStatistics() {
        Map<String, byte[]> state;
        try (TrainedModel model = train(2)) {
            state = model.state();
        }
        assertThat(state).containsOnlyKeys("weights.safetensors");
        try (TrainedModel again = train(2);
                TrainedModel restored = factory.create(SmallData.SHAPE, new RandomStreams(99)).restore(state)) {
            assertThat(again.state()).containsExactlyInAnyOrderEntriesOf(state);
            List<FeatureMatrix> windows = new SmallData(6, 9).open().next().windows();
            assertThat(restored.predict(windows)).isEqualTo(again.predict(windows));
        }
    }
}
