package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.CheckpointStore.Checkpoint;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData.Sampling;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.preprocessing.Mixup;
import io.github.spirabr.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that is interrupted and resumed ends with the bits of one that never was. */
@Tag("slow")
class ResumeTest {

    enum Kind {
        ADAM(Adam.of(3e-3).withWeightDecay(0.01)),
        ADAMW(AdamW.of(3e-3)),
        RADAM(RAdam.of(3e-3));

        private final Optimizer optimizer;

        Kind(Optimizer optimizer) {
            this.optimizer = optimizer;
        }
    }

    enum Architecture {
        V1(SpiraConv.v1()),
        V4(SpiraConv.v4().averagePooling(6).dense(20).outputs(2).build());

        private final ModelFactory factory;

        Architecture(ModelFactory factory) {
            this.factory = factory;
        }
    }

    /** What a resumed training must go on with in the middle of an epoch: everything that draws or counts. */
    private static Trainer withEverything() {
        return Trainer.builder()
                .optimizer(RAdam.of(3e-3))
                .schedule(Noam.warmup(5))
                .loss(Loss.clippedBinaryCrossEntropy().balanced())
                .sampling(Sampling.BALANCED)
                .augmentBatches(Mixup.of(0.4))
                .earlyStopping(EarlyStopping.on(Metric.AUROC, 2))
                .validateEverySteps(3)
                .epochs(3)
                .batchSize(6)
                .checkpointEverySteps(1)
                .build();
    }

    private record Outcome(byte[] weights, List<EpochSummary> epochs, int bestEpoch) {}

    private static Trainer.Builder trainer(Optimizer optimizer) {
        return Trainer.builder()
                .optimizer(optimizer).schedule(Noam.warmup(5)).epochs(3).batchSize(6).checkpointEverySteps(2).clipNorm(1);
    }

    private static Outcome train(Trainer trainer, CheckpointStore store, ModelFactory factory) {
        return train(trainer, store, "run", new TrainingListener() {}, factory);
    }

    private static Outcome train(Trainer trainer, CheckpointStore store, String identity, TrainingListener listener) {
        return train(trainer, store, identity, listener, SpiraConv.v2());
    }

    private static Outcome train(
            Trainer trainer, CheckpointStore store, String identity, TrainingListener listener, ModelFactory factory) {
        RandomStreams random = new RandomStreams(17);
        ModelTrainer.Result result = trainer.train(
                factory.create(SmallData.SHAPE, random),
                new SmallData(20, 1),
                new SmallData(8, 2),
                TrainingContext.of(random, listener).withCheckpoints(store, identity));
        try (TrainedModel model = result.model()) {
            Map<String, byte[]> state = model.state();
            return new Outcome(state.get("weights.safetensors"), result.epochs(), result.bestEpoch());
        }
    }

    private static Outcome train(Trainer trainer, CheckpointStore store) {
        return train(trainer, store, "run", new TrainingListener() {});
    }

    private static void assertSame(Outcome outcome, Outcome wanted) {
        assertThat(outcome.weights()).isEqualTo(wanted.weights());
        assertThat(outcome.epochs()).isEqualTo(wanted.epochs());
        assertThat(outcome.bestEpoch()).isEqualTo(wanted.bestEpoch());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void fromEveryCheckpoint(Kind kind) {
        Trainer trainer = trainer(kind.optimizer).build();
        MemoryCheckpoints all = new MemoryCheckpoints();
        Outcome whole = train(trainer, all);
        // After steps 2 and 4 of each epoch's 4, and after each epoch.
        assertThat(all.saved).extracting(Checkpoint::step).containsExactly(2L, 4L, 4L, 6L, 8L, 8L, 10L, 12L, 12L);
        for (int count = 1; count <= all.saved.size(); count++) {
            assertSame(train(trainer, all.upTo(count)), whole);
        }
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void fromEveryCheckpointWithEverythingThatDrawsOrCounts(Architecture architecture) {
        MemoryCheckpoints all = new MemoryCheckpoints();
        Outcome whole = train(withEverything(), all, architecture.factory);
        for (int count = 1; count <= all.saved.size(); count++) {
            assertSame(train(withEverything(), all.upTo(count), architecture.factory), whole);
        }
    }

    @Test
    void theBestModelOfTheEpochsBeforeIsNotForgotten() {
        // The published code began again with no best loss, so that the first validation after resuming won.
        Trainer trainer = trainer(Adam.of(0.3)).epochs(6).build();
        MemoryCheckpoints all = new MemoryCheckpoints();
        Outcome whole = train(trainer, all);
        assertThat(whole.bestEpoch()).isLessThan(6);
        assertSame(train(trainer, all.upTo(all.saved.size() - 1)), whole);
    }

    /** After the first step, within an epoch, after an epoch's last step, and after the very last. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 12})
    void anInterruptedTrainingSaysHowItGoesOn(int step) {
        Trainer trainer = trainer(Adam.of(3e-3)).build();
        Outcome whole = train(trainer, new MemoryCheckpoints());
        MemoryCheckpoints store = new MemoryCheckpoints() {
            @Override
            public void save(Checkpoint checkpoint) {
                // Files of an interrupted thread cannot be written.
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                super.save(checkpoint);
            }
        };
        int[] left = {step};
        List<TrainingEvent> events = new ArrayList<>();
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void onTraining(TrainingEvent event) {
                if (event instanceof TrainingEvent.StepCompleted && --left[0] == 0) {
                    Thread.currentThread().interrupt();
                }
                events.add(event);
            }
        };
        assertThatThrownBy(() -> train(trainer, store, "run", interrupting))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("interrupted after " + step + " steps")
                .hasMessageContaining("run it again");
        assertThat(Thread.interrupted()).isTrue();
        events.clear();
        assertSame(train(trainer, store, "run", interrupting), whole);
        assertThat(events).contains(new TrainingEvent.Resumed((step + 3) / 4, step, List.of()));
    }

    @Test
    void anotherRunsCheckpointIsRefused() {
        Trainer trainer = trainer(Adam.of(3e-3)).epochs(1).build();
        MemoryCheckpoints store = new MemoryCheckpoints();
        train(trainer, store);
        assertThatThrownBy(() -> train(trainer, store, "another run", new TrainingListener() {}))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("is of another run")
                .hasMessageContaining("name another place");
    }

    @Test
    void anExplodedLossKeepsTheLastGoodCheckpointAndNamesIt() {
        LearningRateSchedule explodingAtStep3 = new LearningRateSchedule() {
            @Override
            public double factor(long step) {
                return step < 3 ? 1 : 1e30;
            }

            @Override
            public Map<String, Object> settings() {
                return Map.of("type", "exploding");
            }
        };
        Trainer.Builder trainer = trainer(Adam.of(3e-3)).schedule(explodingAtStep3).checkpointEverySteps(1);
        MemoryCheckpoints store = new MemoryCheckpoints();
        List<TrainingEvent> events = new ArrayList<>();
        TrainingListener listening = new TrainingListener() {
            @Override
            public void onTraining(TrainingEvent event) {
                events.add(event);
            }
        };
        assertThatThrownBy(() -> train(trainer.build(), store, "run", listening))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("the loss is NaN at step 4 of epoch 1, in a batch of the recordings r1-17, r1-18;")
                .hasMessageEndingWith("the checkpoint of step 2 is kept");
        // The weights that the third update spoiled are in none.
        assertThat(store.saved).extracting(Checkpoint::step).containsExactly(1L, 2L);
        assertThat(events.get(events.size() - 1)).isInstanceOf(TrainingEvent.Failed.class);
        Outcome outcome = train(trainer(Adam.of(3e-3)).build(), store);
        assertThat(outcome.epochs()).hasSize(3);
    }

    @Test
    void trainingStopsWhenValidationImprovesNoMore() {
        List<TrainingEvent> events = new ArrayList<>();
        Outcome outcome = train(trainer(Adam.of(0.3)).epochs(100).earlyStopping(EarlyStopping.patience(3)).build(),
                new MemoryCheckpoints(), "run", new TrainingListener() {
                    @Override
                    public void onTraining(TrainingEvent event) {
                        events.add(event);
                    }
                });
        assertThat(outcome.epochs()).hasSize(outcome.bestEpoch() + 3);
        assertThat(events).contains(new TrainingEvent.StoppedEarly(outcome.epochs().size(), outcome.bestEpoch(),
                "log-loss has not improved for 3 epochs"));
    }

    @Test
    void theKeptEpochIsTheBestByTheMetricThatStopsTheTraining() {
        Outcome outcome = train(trainer(Adam.of(0.3)).epochs(30).earlyStopping(EarlyStopping.on(Metric.ACCURACY, 10)).build(),
                new MemoryCheckpoints(), "run", new TrainingListener() {});
        EpochSummary best = outcome.epochs().stream()
                .max(Comparator.comparingDouble(EpochSummary::validationAccuracy)
                        .thenComparing(Comparator.comparingInt(EpochSummary::epoch).reversed())).orElseThrow();
        EpochSummary leastLoss = outcome.epochs().stream()
                .min(Comparator.comparingDouble(EpochSummary::validationLoss)).orElseThrow();
        assertThat(leastLoss.epoch()).as("the loss would keep another epoch").isNotEqualTo(best.epoch());
        assertThat(outcome.bestEpoch()).isEqualTo(best.epoch());
    }

    @Test
    void incompleteBatchesAreDroppedOnRequest() {
        List<Integer> steps = new ArrayList<>();
        train(trainer(Adam.of(1e-3)).epochs(1).dropIncomplete(true).build(), new MemoryCheckpoints(), "run", new TrainingListener() {
            @Override
            public void onTraining(TrainingEvent event) {
                if (event instanceof TrainingEvent.StepCompleted step) {
                    steps.add(step.step());
                }
            }
        });
        assertThat(steps).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> train(trainer(Adam.of(1e-3)).batchSize(21).dropIncomplete(true).build(), new MemoryCheckpoints()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("the batch size must be at most the 20 recordings of the training set, but was 21");
    }

    @Test
    void clippingScalesTheGradientToItsNorm() {
        float[] gradient = {3, 4};
        Gradients.clip(gradient, Gradients.norm(gradient), 1);
        assertThat(gradient[0]).isEqualTo(0.6f, org.assertj.core.api.Assertions.within(1e-5f));
        assertThat(gradient[1]).isEqualTo(0.8f, org.assertj.core.api.Assertions.within(1e-5f));
        Gradients.clip(gradient, Gradients.norm(gradient), 5);
        assertThat(gradient[0]).isEqualTo(0.6f, org.assertj.core.api.Assertions.within(1e-5f));
    }
}
