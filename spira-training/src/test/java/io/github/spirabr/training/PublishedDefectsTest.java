package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What published training code, and the framework below, got wrong: a test for each, by its name. */
@Tag("slow")
class PublishedDefectsTest {

    private final List<TrainingEvent> events = new ArrayList<>();
    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void onTraining(TrainingEvent event) {
            events.add(event);
        }
    };

    private ModelTrainer.Result train(Trainer trainer, CheckpointStore store) {
        return train(trainer, store, SpiraConv.v2());
    }

    private ModelTrainer.Result train(Trainer trainer, CheckpointStore store, ModelFactory network) {
        RandomStreams random = new RandomStreams(17);
        return trainer.train(network.create(SmallData.SHAPE, random), new SmallData(20, 1), new SmallData(8, 2),
                TrainingContext.of(random, listener).withCheckpoints(store, "run"));
    }

    private byte[] weights(Trainer trainer) {
        try (TrainedModel model = train(trainer, new MemoryCheckpoints()).model()) {
            return model.state().get("weights.safetensors");
        }
    }

    private static Trainer.Builder trainer() {
        return Trainer.builder().optimizer(Adam.of(3e-3)).epochs(2).batchSize(5);
    }

    private <T extends TrainingEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void dropoutIsOffInTesting() {
        // Published: without eval(), dropout stayed on in testing.
        List<FeatureMatrix> windows =
                new SmallData(9, 3).all().stream().map(RecordingFeatures::windows).flatMap(List::stream).toList();
        SpiraConv withDropout = SpiraConv.v4().dropout(0.7).build();
        SpiraConv withoutDropout = SpiraConv.v4().dropout(0).build();
        try (TrainedModel model = train(trainer().build(), new MemoryCheckpoints()).model();
                TrainedModel one = withDropout.create(SmallData.SHAPE, new RandomStreams(1)).restore(model.state());
                TrainedModel other = withoutDropout.create(SmallData.SHAPE, new RandomStreams(2)).restore(model.state())) {
            double[] answers = model.predict(windows);
            assertThat(model.predict(windows)).isEqualTo(answers);
            assertThat(one.predict(windows)).isEqualTo(answers);
            assertThat(other.predict(windows)).isEqualTo(answers);
        }
    }

    @Test
    void theBestLossSurvivesAResume() {
        // Published: the best loss was reset on resume, so that the first validation overwrote the best model.
        Trainer trainer = trainer().optimizer(Adam.of(0.3)).epochs(6).build();
        MemoryCheckpoints all = new MemoryCheckpoints();
        ModelTrainer.Result whole = train(trainer, all);
        whole.model().close();
        assertThat(whole.bestEpoch()).as("or else the test shows nothing").isLessThan(6);
        ModelTrainer.Result resumed = train(trainer, all.upTo(all.saved.size() - 1));
        resumed.model().close();
        assertThat(resumed.bestEpoch()).isEqualTo(whole.bestEpoch());
        List<TrainingEvent.EpochCompleted> epochs = events(TrainingEvent.EpochCompleted.class);
        assertThat(epochs.get(epochs.size() - 1).best()).isFalse();
    }

    @Test
    void theBalancedLossLooksAtTheAnswers() {
        // Published: the class-balanced loss compared labels with labels, and so was the same whatever was answered.
        ModelTrainer.Result result = train(
                trainer().loss(Loss.binaryCrossEntropy().balanced()).epochs(10).build(), new MemoryCheckpoints(),
                SpiraConv.v4().dropout(0).build());
        result.model().close();
        double first = result.epochs().get(0).trainingLoss();
        double last = result.epochs().get(9).trainingLoss();
        assertThat(last).isLessThan(first / 2);
    }

    @Test
    void theNoamScheduleChangesTheRateAtEveryStep() {
        // Published: a Noam schedule that returned a constant.
        train(trainer().schedule(Noam.warmup(4)).build(), new MemoryCheckpoints()).model().close();
        double[] rates = events(TrainingEvent.StepCompleted.class).stream()
                .mapToDouble(TrainingEvent.StepCompleted::learningRate)
                .toArray();
        assertThat(rates).containsExactly(
                new double[] {
                    3e-3 / 4, 3e-3 / 2, 3e-3 * 3 / 4, 3e-3, 3e-3 * Math.sqrt(4 / 5.0), 3e-3 * Math.sqrt(4 / 6.0),
                    3e-3 * Math.sqrt(4 / 7.0), 3e-3 * Math.sqrt(4 / 8.0)
                },
                within(1e-12));
        assertThat(weights(trainer().schedule(Noam.warmup(4)).build())).isNotEqualTo(weights(trainer().build()));
    }

    @Test
    void gradientsAreTakenWhenClippingIsOn() {
        // Published: gradients were never taken when clipping was on.
        assertThat(weights(trainer().clipNorm(1e9).build())).isEqualTo(weights(trainer().build()));
        byte[] clipped = weights(trainer().clipNorm(1e-3).build());
        assertThat(clipped).isNotEqualTo(weights(trainer().build()));
        UntrainedModel fresh = SpiraConv.v2().create(SmallData.SHAPE, new RandomStreams(17));
        byte[] untrained = WeightsFile.bytes(((UntrainedNetwork) fresh).takeNetwork().weights());
        assertThat(clipped).isNotEqualTo(untrained);
    }

    @Test
    void anExplodedLossEndsTheWholeTraining() {
        // Published: an exploded loss left the inner loop only, and the next epoch went on.
        Trainer exploding = trainer().optimizer(Adam.of(1e30)).epochs(50).build();
        MemoryCheckpoints store = new MemoryCheckpoints();
        assertThatThrownBy(() -> train(exploding, store))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("the loss is NaN at step 2 of epoch 1");
        assertThat(events(TrainingEvent.StepCompleted.class)).hasSize(1);
        assertThat(events(TrainingEvent.EpochCompleted.class)).isEmpty();
        assertThat(events.get(events.size() - 1)).isInstanceOf(TrainingEvent.Failed.class);
        assertThat(store.saved).isEmpty();
    }

    @Test
    void theFirstCheckpointNeedsNoneBeforeIt() {
        // Published: the path of a checkpoint was checked for existence before it was written.
        MemoryCheckpoints store = new MemoryCheckpoints();
        train(trainer().checkpointEverySteps(2).build(), store).model().close();
        assertThat(store.saved).isNotEmpty();
        assertThat(events(TrainingEvent.CheckpointSaved.class)).hasSize(store.saved.size())
                .first().isEqualTo(new TrainingEvent.CheckpointSaved(2));
    }

    static List<ModelFactory> networks() {
        return List.of(SpiraConv.v1(), SpiraConv.v2());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void twoThreadsGetTheirOwnAnswers(ModelFactory network) throws InterruptedException, ExecutionException {
        // A network is not thread-safe: without a lock, two threads get each other's answers.
        RandomStreams random = new RandomStreams(5);
        try (TrainedModel model = trainer().epochs(1).build()
                .train(network.create(SmallData.SHAPE, random), new SmallData(8, 1), new SmallData(4, 2),
                        TrainingContext.of(random, listener))
                .model()) {
            SmallData.assertAnswersTogether(model, 4);
        }
    }

    @Test
    void aStoredStateIsACopy() {
        try (TrainedModel model = train(trainer().build(), new MemoryCheckpoints()).model()) {
            Map<String, byte[]> state = model.state();
            byte[] before = state.get("weights.safetensors").clone();
            Arrays.fill(state.get("weights.safetensors"), (byte) 0);
            assertThat(model.state().get("weights.safetensors")).isEqualTo(before);
        }
    }
}
