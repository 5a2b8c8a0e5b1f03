package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData.Sampling;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.preprocessing.Mixup;
import io.github.spirabr.core.random.RandomStreams;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is described can be made again, by the door that configuration files use. */
class TrainerSettingsTest {

    static Stream<Trainer> trainers() {
        return Stream.of(
                Trainer.builder().build(),
                Trainer.builder()
                        .optimizer(AdamW.of(2e-3).withWeightDecay(0.1).withBetas(0.8, 0.95).withEpsilon(1e-6))
                        .schedule(Noam.warmup(500))
                        .loss(Loss.clippedBinaryCrossEntropy(1e-4).balanced())
                        .epochs(7)
                        .batchSize(16)
                        .dropIncomplete(true)
                        .sampling(Sampling.BALANCED)
                        .augmentBatches(Mixup.of(0.2), Mixup.of(0.5, 1))
                        .clipNorm(2.5)
                        .earlyStopping(new EarlyStopping(Metric.AUROC, 4, 0.01))
                        .validateEverySteps(250)
                        .checkpointEverySteps(500)
                        .build(),
                Trainer.builder().optimizer(RAdam.of(1e-4)).loss(Loss.clippedBinaryCrossEntropy())
                        .augmentBatches(Mixup.of(1)).build());
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void aDescriptionMakesAnEqualTrainer(Trainer trainer) {
        ModelTrainer made = Components.discover().create(ModelTrainer.class, "trainer", trainer.description());
        assertThat(made.description()).isEqualTo(trainer.description());
        assertThat(List.copyOf(made.description().settings().keySet()))
                .isEqualTo(List.copyOf(trainer.description().settings().keySet()));
    }

    @Test
    void nestedSettingsAsInAFileAreTakenAndOthersHaveDefaults() {
        ModelTrainer made = create(Map.of(
                "epochs", 3,
                "optimizer", Map.of("type", "radam", "learningRate", 0.01),
                "schedule", Map.of("type", "noam", "warmupSteps", 10),
                "loss", Map.of("balanced", true),
                "earlyStopping", Map.of("patience", 5, "metric", "balanced-accuracy"),
                "augmentBatches", List.of(Map.of("type", "mixup", "alpha", 1))));
        Trainer wanted = Trainer.builder()
                .epochs(3)
                .optimizer(RAdam.of(0.01))
                .schedule(Noam.warmup(10))
                .loss(Loss.binaryCrossEntropy().balanced())
                .earlyStopping(EarlyStopping.on(Metric.BALANCED_ACCURACY, 5))
                .augmentBatches(Mixup.of(1))
                .build();
        assertThat(made.description()).isEqualTo(wanted.description());
    }

    private static ModelTrainer create(Map<String, Object> settings) {
        return Components.discover().create(ModelTrainer.class, "trainer", new ComponentDescription("dl4j", settings));
    }

    @Test
    void theDefaultsArePinned() {
        assertThat(Trainer.builder().build().description().settings()).hasToString("{epochs=100, batchSize=8, "
                + "dropIncomplete=false, sampling=shuffled, loss.type=binary-cross-entropy, loss.balanced=false, "
                + "optimizer.type=adam, optimizer.learningRate=0.001, optimizer.beta1=0.9, optimizer.beta2=0.999, "
                + "optimizer.epsilon=1.0E-8, optimizer.weightDecay=0.0, schedule.type=constant, clipNorm=0.0, "
                + "validation.everySteps=0, checkpoints.everySteps=0}");
    }

    @Test
    void whatIsWrongIsNamedWithItsPath() {
        assertThatThrownBy(() -> create(Map.of("optimizer.type", "sgd")))
                .isInstanceOf(ComponentException.class)
                .hasMessage("trainer.optimizer.type must be one of [adam, adamw, radam], but was sgd");
        assertThatThrownBy(() -> create(Map.of("loss.type", "mse")))
                .hasMessage("trainer.loss.type must be one of [binary-cross-entropy, clipped-binary-cross-entropy], but was mse");
        assertThatThrownBy(() -> create(Map.of("schedule.type", "cosine")))
                .hasMessage("trainer.schedule.type must be one of [constant, noam], but was cosine");
        assertThatThrownBy(() -> create(Map.of("loss.type", "clipped-binary-cross-entropy")))
                .hasMessage("trainer.loss.type: must be binary-cross-entropy without augmentBatches, but was"
                        + " clipped-binary-cross-entropy; add mixup to augmentBatches, or change the loss");
        assertThatThrownBy(() -> create(Map.of("epochs", 0)))
                .hasMessage("trainer.epochs must be at least 1, but was 0; the default is 100");
        assertThatThrownBy(() -> create(Map.of("batchsize", 3))).hasMessageContaining("did you mean 'batchSize'");
        assertThatThrownBy(() -> create(Map.of("augmentBatches", List.of(Map.of("type", "mixup", "alpha", -1)))))
                .hasMessage("trainer.augmentBatches[0].alpha must be above 0 and at most 1000, but was -1");
        assertThatThrownBy(() -> create(Map.of("pretrained.weights", "champion")))
                .hasMessageContaining("no PretrainedWeights is called 'champion'");
    }

    @Test
    void pretrainedWeightsAreNamedBySettingsAndGivenByTheApplication() {
        RandomStreams random = new RandomStreams(1);
        Map<String, byte[]> state;
        try (TrainedModel model = Trainer.builder().epochs(1).build()
                .train(SpiraConv.v2().create(SmallData.SHAPE, random), new SmallData(8, 1), new SmallData(4, 2),
                        TrainingContext.of(random, new TrainingListener() {}))
                .model()) {
            state = model.state();
        }
        PretrainedWeights weights = PretrainedWeights.of("champion", state);
        Components bound = Components.discover().bind(PretrainedWeights.class, "champion", weights);
        Trainer trainer = Trainer.builder().pretrained(weights.reinitialise("output")).build();
        assertThat(bound.create(ModelTrainer.class, "trainer", trainer.description()).description())
                .isEqualTo(trainer.description());
        assertThatThrownBy(() -> bound.create(ModelTrainer.class, "trainer", new ComponentDescription("dl4j",
                        Map.of("pretrained.weights", "champion", "pretrained.sha256", "00"))))
                .hasMessageContaining("the SHA-256 of the weights 'champion' must be 00, but was ");
    }

    static Stream<SpiraConv> networks() {
        return Stream.of(
                SpiraConv.v1(),
                SpiraConv.v2(),
                SpiraConv.v4().build(),
                SpiraConv.v4().kernels(2, 2, 2, 5).dilation(1).dropout(0.5).dense(125, 10).outputs(2).averagePooling(50)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aDescriptionMakesAnEqualNetwork(SpiraConv network) {
        ModelFactory made = Components.discover().create(ModelFactory.class, "model", network.description());
        assertThat(made.description()).isEqualTo(network.description());
        assertThat(made.create(SmallData.SHAPE, new RandomStreams(1)).parameterCount())
                .isEqualTo(network.create(SmallData.SHAPE, new RandomStreams(1)).parameterCount());
    }
}
