package io.github.spirabr.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData.Sampling;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.Mixup;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.EarlyStopping;
import io.github.spirabr.training.Loss;
import io.github.spirabr.training.MemoryCheckpoints;
import io.github.spirabr.training.Noam;
import io.github.spirabr.training.RAdam;
import io.github.spirabr.training.SmallData;
import io.github.spirabr.training.Trainer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DjlNetworkTest {

    private static final DjlNetwork CONVOLUTIONAL =
            DjlNetwork.of("convolutional", () -> OwnBlocks.convolutional(1)).on(ComputeDevice.CPU);

    private static TrainedModel train(ModelFactory factory, int epochs) {
        RandomStreams random = new RandomStreams(7);
        return Trainer.builder().optimizer(Adam.of(1e-2)).epochs(epochs).build()
                .train(factory.create(SmallData.SHAPE, random), new SmallData(40, 1), new SmallData(20, 2),
                        TrainingContext.of(random, new TrainingListener() {}).withParallelism(Parallelism.of(1)))
                .model();
    }

    @Test
    void anOwnBlockLearns() {
        try (TrainedModel model = train(CONVOLUTIONAL, 8)) {
            assertThat(Evaluator.evaluate(model, new SmallData(40, 3), 0.5).confusionMatrix().accuracy())
                    .isGreaterThan(0.85);
        }
    }

    @Test
    void aResumedTrainingEqualsAnUninterruptedOne() {
        MemoryCheckpoints all = new MemoryCheckpoints();
        Map<String, byte[]> whole = trained(all);
        for (int count = 1; count <= all.saved.size(); count += 3) {
            assertThat(trained(all.upTo(count))).containsAllEntriesOf(whole);
        }
    }

    private static Map<String, byte[]> trained(MemoryCheckpoints store) {
        RandomStreams random = new RandomStreams(17);
        Trainer trainer = Trainer.builder().optimizer(RAdam.of(3e-3)).schedule(Noam.warmup(5))
                .loss(Loss.clippedBinaryCrossEntropy().balanced()).sampling(Sampling.BALANCED).augmentBatches(Mixup.of(0.4))
                .earlyStopping(EarlyStopping.on(Metric.AUROC, 2)).validateEverySteps(3)
                .epochs(3).batchSize(6).checkpointEverySteps(1).build();
        try (TrainedModel model = trainer.train(CONVOLUTIONAL.create(SmallData.SHAPE, random), new SmallData(20, 1),
                new SmallData(8, 2), TrainingContext.of(random, new TrainingListener() {}).withCheckpoints(store, "run").withParallelism(Parallelism.of(1))).model()) {
            return model.state();
        }
    }

    @Test
    void twoThreadsGetTheirOwnAnswers() throws InterruptedException, ExecutionException {
        try (TrainedModel model = train(CONVOLUTIONAL, 1)) {
            SmallData.assertAnswersTogether(model, 2);
        }
    }

    @Test
    void oneSeedGivesOneModelWithItsStatistics() {
        Map<String, byte[]> state;
        try (TrainedModel model = train(CONVOLUTIONAL, 2)) {
            state = model.state();
        }
        try (TrainedModel again = train(CONVOLUTIONAL, 2);
                TrainedModel restored = CONVOLUTIONAL.create(SmallData.SHAPE, new RandomStreams(99)).restore(state)) {
            assertThat(again.state()).containsExactlyInAnyOrderEntriesOf(state);
            List<FeatureMatrix> windows = new SmallData(6, 9).open().next().windows();
            assertThat(restored.predict(windows)).isEqualTo(again.predict(windows));
        }
    }

    @Test
    void aDescriptionMakesAnEqualNetwork() {
        Components components = Components.discover().bind(DjlNetwork.class, "convolutional", CONVOLUTIONAL);
        assertThat(components.create(ModelFactory.class, "model", CONVOLUTIONAL.description()).description())
                .isEqualTo(CONVOLUTIONAL.description());
    }

    @Test
    void theDeviceOfABoundNetworkIsKeptWhereTheDescriptionNamesNone() {
        Components components = Components.discover().bind(DjlNetwork.class, "convolutional", CONVOLUTIONAL);
        ComponentDescription other = new ComponentDescription("djl", Map.of("block", "convolutional", "device", "auto"));
        ComponentDescription none = new ComponentDescription("djl", Map.of("block", "convolutional"));
        assertThat(components.create(ModelFactory.class, "model", none).description().settings()).containsEntry("device", "cpu");
        assertThat(components.create(ModelFactory.class, "model", other).description().settings()).containsEntry("device", "auto");
    }

    @Test
    void aModelOfCudaIsRestoredWhereThereIsNone() {
        Map<String, byte[]> state;
        try (TrainedModel model = train(CONVOLUTIONAL, 1)) {
            state = model.state();
        }
        DjlNetwork trained = CONVOLUTIONAL.on(ComputeDevice.CUDA);
        Components components = Components.discover().bind(DjlNetwork.class, "convolutional", trained);
        ModelFactory stored = components.create(ModelFactory.class, "model", trained.description());
        try (TrainedModel restored = stored.create(SmallData.SHAPE, new RandomStreams(1)).restore(state)) {
            assertThat(restored.state()).containsExactlyInAnyOrderEntriesOf(state);
        }
        assertThat(Panns.cnn10().on(ComputeDevice.CUDA).description().settings()).containsEntry("device", "auto");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        RandomStreams random = new RandomStreams(1);
        assertThatThrownBy(() -> CONVOLUTIONAL.create(new InputShape(3, 8), random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the network must take windows of 3 frames x 8 features as [windows, 1, frames,"
                        + " features] and give a logit for each, but did not: ");
        assertThatThrownBy(() -> Panns.cnn10().create(new InputShape(100, 40), random))
                .hasMessage("windows of PANNs must have 64 features, but one had 100 frames x 40 features; set melBands of the"
                        + " mel spectrogram to 64");
        assertThatThrownBy(() -> Panns.cnn10().create(new InputShape(31, 64), random))
                .hasMessage("windows of PANNs must have 32 frames or more, but one had 31 frames x 64 features; use longer"
                        + " windows");
    }
}
