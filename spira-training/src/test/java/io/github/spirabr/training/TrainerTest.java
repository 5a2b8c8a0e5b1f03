package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TrainerTest {

    private static final TrainingListener SILENT = new TrainingListener() {};

    private static ModelTrainer.Result train(long seed, int epochs, TrainingListener listener) {
        RandomStreams random = new RandomStreams(seed);
        UntrainedModel model = SpiraConv.v2().create(SmallData.SHAPE, random);
        return Trainer.builder()
                .optimizer(Adam.of(3e-3).withWeightDecay(1e-4))
                .epochs(epochs)
                .batchSize(8)
                .build()
                .train(model, new SmallData(40, 1), new SmallData(20, 2), TrainingContext.of(random, listener));
    }

    @Test
    void thePublishedNetworkHasThePublishedSize() {
        assertThat(SpiraConv.v2().create(new InputShape(401, 40), new RandomStreams(1)).parameterCount())
                .isEqualTo(691_613);
    }

    @Test
    void learnsToTellPausesFromSpeech() {
        ModelTrainer.Result result = train(7, 40, SILENT);
        try (TrainedModel model = result.model()) {
            Evaluation answers = Evaluator.evaluate(model, new SmallData(40, 3), 0.5);
            assertThat(answers.confusionMatrix().accuracy()).isGreaterThan(0.9);
        }
        assertThat(result.bestEpoch()).isEqualTo(result.epochs().stream()
                .min(Comparator.comparingDouble(summary -> summary.validationLoss()))
                .orElseThrow()
                .epoch());
    }

    @Test
    void oneSeedGivesOneModelAndAnotherSeedAnother() {
        byte[] first = weights(train(5, 2, SILENT));
        assertThat(weights(train(5, 2, SILENT))).isEqualTo(first);
        assertThat(weights(train(6, 2, SILENT))).isNotEqualTo(first);
    }

    private static byte[] weights(ModelTrainer.Result result) {
        try (TrainedModel model = result.model()) {
            return model.state().get("weights.safetensors");
        }
    }

    @Test
    void theModelIsThatOfTheBestEpoch() {
        ModelTrainer.Result result = train(3, 4, SILENT);
        try (TrainedModel model = result.model()) {
            double loss = Evaluator.evaluate(model, new SmallData(20, 2), 0.5).logLoss();
            assertThat(loss).isEqualTo(result.epochs().get(result.bestEpoch() - 1).validationLoss());
        }
    }

    @Test
    void aRestoredModelAnswersAsTheTrainedOne() {
        ModelTrainer.Result result = train(3, 1, SILENT);
        List<FeatureMatrix> windows = new SmallData(3, 9).open().next().windows();
        try (TrainedModel model = result.model();
                TrainedModel restored =
                        SpiraConv.v2().create(SmallData.SHAPE, new RandomStreams(99)).restore(model.state())) {
            assertThat(restored.predict(windows)).isEqualTo(model.predict(windows));
            assertThat(restored.state().get("weights.safetensors")).isEqualTo(model.state().get("weights.safetensors"));
        }
    }

    @Test
    void aSecondModelOfOneUntrainedModelLeavesTheFirstAsItWas() {
        UntrainedModel untrained = SpiraConv.v2().create(SmallData.SHAPE, new RandomStreams(1));
        try (TrainedModel other = train(3, 1, SILENT).model();
                TrainedModel first = untrained.restore(other.state())) {
            Map<String, byte[]> before = first.state();
            byte[] weights = before.get("weights.safetensors").clone();
            weights[3] ^= 1;
            assertThatThrownBy(() -> untrained.restore(Map.of("weights.safetensors", weights))).isInstanceOf(IllegalStateException.class);
            assertThat(first.state().get("weights.safetensors")).isEqualTo(before.get("weights.safetensors"));
        }
    }

    @Test
    void aDamagedOrForeignStateIsRefused() {
        UntrainedModel model = SpiraConv.v2().create(SmallData.SHAPE, new RandomStreams(1));
        assertThatThrownBy(() -> model.restore(Map.of("weights.safetensors", new byte[12])))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("but has 12;")
                .hasMessageContaining("another network");
        assertThatThrownBy(() -> model.restore(Map.of("other", new byte[12])))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("must have a file weights.safetensors, but has");
    }

    @Test
    void listenersHearOfEachStepAndEpoch() {
        List<TrainingEvent> events = new ArrayList<>();
        train(3, 2, new TrainingListener() {
            @Override
            public void onTraining(TrainingEvent event) {
                events.add(event);
            }
        }).model().close();
        assertThat(events.get(0)).isInstanceOf(TrainingEvent.Started.class);
        assertThat(events.stream().filter(TrainingEvent.StepCompleted.class::isInstance)).hasSize(2 * 5);
        assertThat(events.stream().filter(TrainingEvent.EpochCompleted.class::isInstance)).hasSize(2);
    }

    @Test
    void anInterruptEndsTheTraining() {
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void onTraining(TrainingEvent event) {
                if (event instanceof TrainingEvent.StepCompleted) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        assertThatThrownBy(() -> train(3, 2, interrupting))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("interrupted after 1 step");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anExplodedLossNamesStepAndRecordings() {
        RandomStreams random = new RandomStreams(1);
        UntrainedModel model = SpiraConv.v2().create(SmallData.SHAPE, random);
        Trainer trainer = Trainer.builder().optimizer(Adam.of(1e30)).epochs(50).build();
        assertThatThrownBy(() -> trainer.train(model, new SmallData(16, 1), new SmallData(4, 2), TrainingContext.of(random, SILENT)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("the loss is")
                .hasMessageContaining("r1-")
                .hasMessageContaining("learning rate");
    }

    @Test
    void anUntrainedModelIsUsedOnce() {
        UntrainedModel model = SpiraConv.v2().create(SmallData.SHAPE, new RandomStreams(1));
        Trainer trainer = Trainer.builder().epochs(1).build();
        trainer.train(model, new SmallData(8, 1), new SmallData(4, 2), TrainingContext.of(new RandomStreams(1), SILENT)).model().close();
        assertThatThrownBy(() ->
                        trainer.train(model, new SmallData(8, 1), new SmallData(4, 2), TrainingContext.of(new RandomStreams(1), SILENT)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("create another");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Trainer.builder().epochs(0)).hasMessageContaining("epochs must be at least 1");
        assertThatThrownBy(() -> Adam.of(0)).hasMessageContaining("learning rate must be above 0");
        assertThatThrownBy(() -> Adam.of(1e-3).withWeightDecay(-1)).hasMessageContaining("weight decay");
        assertThatThrownBy(() -> Noam.warmup(0)).hasMessageContaining("warm-up");
    }

    @Test
    void noamPeaksAtItsLastWarmUpStep() {
        Noam noam = Noam.warmup(10);
        assertThat(noam.factor(10)).isEqualTo(1, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(noam.factor(5)).isEqualTo(0.5, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(noam.factor(40)).isEqualTo(0.5, org.assertj.core.api.Assertions.within(1e-12));
    }
}
