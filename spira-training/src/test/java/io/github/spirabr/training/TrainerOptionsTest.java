package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.TrainingData.Sampling;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.preprocessing.BatchAugmentation;
import io.github.spirabr.core.preprocessing.BatchAugmentation.LabelledWindow;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.Mixup;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.training.engine.Safetensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TrainerOptionsTest {

    private final List<TrainingEvent> events = new ArrayList<>();
    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void onTraining(TrainingEvent event) {
            events.add(event);
        }
    };

    private <T extends TrainingEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private ModelTrainer.Result train(Trainer trainer, ModelFactory network, TrainingData training) {
        RandomStreams random = new RandomStreams(11);
        return trainer.train(network.create(SmallData.SHAPE, random), training, new SmallData(12, 2),
                TrainingContext.of(random, listener));
    }

    private static Map<String, byte[]> state(ModelTrainer.Result result) {
        try (TrainedModel model = result.model()) {
            return model.state();
        }
    }

    private static Trainer.Builder trainer() {
        return Trainer.builder().optimizer(Adam.of(3e-3)).epochs(2).batchSize(8);
    }

    /** Notes what it is given and drawn, and changes nothing. */
    private static final class Noting implements BatchAugmentation {

        private final List<Integer> sizes = new ArrayList<>();
        private final List<Double> targets = new ArrayList<>();
        private final List<Long> draws = new ArrayList<>();

        @Override
        public List<LabelledWindow> augment(List<LabelledWindow> batch, RandomGenerator random) {
            sizes.add(batch.size());
            batch.forEach(window -> targets.add(window.target()));
            draws.add(random.nextLong());
            return batch;
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("noting", Map.of());
        }
    }

    @Test
    void batchAugmentationsSeeEveryBatchAndDrawFromAStreamOfTheirOwnForEach() {
        Noting noting = new Noting();
        state(train(trainer().augmentBatches(noting).build(), SpiraConv.v2(), new SmallData(20, 1)));
        assertThat(noting.sizes).hasSize(2 * 3);
        assertThat(noting.draws).doesNotHaveDuplicates();
        assertThat(noting.targets).containsOnly(0.0, 1.0);
        Noting again = new Noting();
        state(train(trainer().augmentBatches(again).build(), SpiraConv.v2(), new SmallData(20, 1)));
        assertThat(again.draws).isEqualTo(noting.draws);
    }

    @Test
    void augmentationsFollowEachOther() {
        Noting before = new Noting();
        Noting after = new Noting();
        state(train(trainer().augmentBatches(before, Mixup.of(0.5), after).build(), SpiraConv.v2(), new SmallData(20, 1)));
        for (int batch = 0; batch < before.sizes.size(); batch++) {
            assertThat(after.sizes.get(batch)).isEqualTo((before.sizes.get(batch) + 1) / 2);
        }
        // Mixtures of both classes are learned with the shares of each.
        assertThat(after.targets).anyMatch(target -> target > 0 && target < 1);
    }

    @Test
    void anAugmentationThatLeavesNothingIsRefused() {
        BatchAugmentation nothing = new BatchAugmentation() {
            @Override
            public List<LabelledWindow> augment(List<LabelledWindow> batch, RandomGenerator random) {
                return List.of();
            }

            @Override
            public ComponentDescription description() {
                return new ComponentDescription("nothing", Map.of());
            }
        };
        assertThatThrownBy(() -> train(trainer().augmentBatches(nothing).build(), SpiraConv.v2(), new SmallData(8, 1)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("'nothing' left no windows");
    }

    @Test
    void balancedSamplingEvensOutTheClasses() {
        List<RecordingFeatures> rare = new ArrayList<>(new SmallData(60, 1).all());
        rare.removeIf(one -> one.recording().label().code() == 1 && !one.recording().id().endsWith("5"));
        Noting noting = new Noting();
        state(train(trainer().sampling(Sampling.BALANCED).augmentBatches(noting).epochs(4).build(), SpiraConv.v2(),
                new SmallData(rare)));
        double share = noting.targets.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertThat(share).isCloseTo(0.5, within(0.15));
    }

    @Test
    void dataThatCannotBeDrawnFromSaysSo() {
        TrainingData plain = new TrainingData() {
            @Override
            public int recordings() {
                return 8;
            }

            @Override
            public FeatureStream epoch(int epoch, int skip) {
                return new SmallData(8, 1).epoch(epoch, skip);
            }
        };
        assertThatThrownBy(() -> train(trainer().sampling(Sampling.BALANCED).build(), SpiraConv.v2(), plain))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("must be SHUFFLED, but was BALANCED; choose SHUFFLED");
    }

    @Test
    void theModelIsThatOfTheBestValidationWhereverItWas() {
        ModelTrainer.Result result =
                train(trainer().optimizer(Adam.of(0.05)).validateEverySteps(1).epochs(4).build(), SpiraConv.v2(),
                        new SmallData(40, 1));
        assertThat(events(TrainingEvent.Validated.class)).hasSize(4 * 4);
        double lowest = Math.min(
                events(TrainingEvent.Validated.class).stream()
                        .mapToDouble(TrainingEvent.Validated::loss).min().orElseThrow(),
                result.epochs().stream().mapToDouble(epoch -> epoch.validationLoss()).min().orElseThrow());
        try (TrainedModel model = result.model()) {
            assertThat(Evaluator.evaluate(model, new SmallData(12, 2), 0.5).logLoss()).isEqualTo(lowest);
        }
        assertThat(events(TrainingEvent.Validated.class).stream().anyMatch(TrainingEvent.Validated::best)).isTrue();
    }

    @Test
    void everyStepTellsRateThroughputAndTimeAndTheEndIsTold() {
        ModelTrainer.Result result =
                train(trainer().schedule(Noam.warmup(4)).build(), SpiraConv.v2(), new SmallData(16, 1));
        result.model().close();
        List<TrainingEvent.StepCompleted> steps = events(TrainingEvent.StepCompleted.class);
        assertThat(steps).extracting(TrainingEvent.StepCompleted::totalStep).containsExactly(1L, 2L, 3L, 4L);
        assertThat(steps).extracting(TrainingEvent.StepCompleted::step).containsExactly(1, 2, 1, 2);
        assertThat(steps.get(3).learningRate()).isCloseTo(3e-3, within(1e-12));
        assertThat(steps).allMatch(step -> step.windowsPerSecond() > 0 && !step.elapsed().isNegative());
        assertThat(steps.get(3).remaining()).isZero();
        TrainingEvent last = events.get(events.size() - 1);
        assertThat(last).isInstanceOfSatisfying(TrainingEvent.Ended.class, ended -> {
            assertThat(ended.totalStep()).isEqualTo(4);
            assertThat(ended.bestEpoch()).isEqualTo(result.bestEpoch());
            assertThat(ended.waited()).isLessThan(ended.elapsed());
        });
    }

    private static SmallData ofLengths(SmallData data) {
        List<RecordingFeatures> cut = new ArrayList<>();
        int number = 0;
        for (RecordingFeatures one : data.all()) {
            List<FeatureMatrix> windows = new ArrayList<>();
            for (FeatureMatrix window : one.windows()) {
                int frames = 128 - 9 * (number++ % 2);
                windows.add(FeatureMatrix.of(frames, 8, Arrays.copyOf(window.toArray(), frames * 8)));
            }
            cut.add(new RecordingFeatures(one.recording(), windows));
        }
        return new SmallData(cut);
    }

    @Test
    void recordingsOfAnyLengthAreLearnedFromWhereTimeIsAveraged() {
        SpiraConv network = SpiraConv.v4().averagePooling(8).dense(16).dropout(0.3).build();
        ModelTrainer.Result result = train(trainer().optimizer(Adam.of(1e-2)).epochs(12).build(), network,
                ofLengths(new SmallData(40, 1)));
        try (TrainedModel model = result.model()) {
            SmallData others = ofLengths(new SmallData(20, 3));
            assertThat(Evaluator.evaluate(model, others, 0.5).confusionMatrix().accuracy()).isGreaterThan(0.9);
            assertThatThrownBy(() -> model.predict(List.of(FeatureMatrix.of(128, 4, new float[512]))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a window has 128 frames x 4 features, but the network takes any number of frames x 8"
                            + " features");
            assertThatThrownBy(() -> model.predict(List.of(FeatureMatrix.of(20, 8, new float[160]))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("SpiraConv cannot take 20 frames x 8 features: at convolution 2 of 4");
        }
        assertThatThrownBy(() -> train(trainer().build(), SpiraConv.v2(), ofLengths(new SmallData(8, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a window has 119 frames x 8 features, but the network takes 128 frames x 8 features");
    }

    @Test
    void batchNormalisationIsStoredWithItsStatistics() {
        ModelTrainer.Result result = train(trainer().epochs(12).build(), SpiraConv.v1(), new SmallData(40, 1));
        List<FeatureMatrix> windows = new SmallData(6, 9).open().next().windows();
        try (TrainedModel model = result.model();
                TrainedModel restored = SpiraConv.v1().create(SmallData.SHAPE, new RandomStreams(3)).restore(model.state())) {
            assertThat(model.state()).containsOnlyKeys("weights.safetensors");
            assertThat(weights(model.state()).names()).contains("norm1.running_mean", "norm4.running_var");
            assertThat(restored.predict(windows)).isEqualTo(model.predict(windows));
        }
    }

    private static Safetensors weights(Map<String, byte[]> state) {
        return Safetensors.read("weights", state.get("weights.safetensors"));
    }

    @Test
    void weightsOfAnotherNetworkAreTakenAsFarAsTheyFit() {
        Map<String, byte[]> source = state(train(trainer().build(), SpiraConv.v2(), new SmallData(16, 1)));
        PretrainedWeights weights = PretrainedWeights.of("source", source);
        Map<String, byte[]> tuned = state(train(
                trainer().optimizer(Adam.of(1e-12)).epochs(1).pretrained(weights.reinitialise("output")).build(),
                SpiraConv.v4().kernels(7, 5, 3, 4).dense(100, 30).build(), new SmallData(16, 1)));
        TrainingEvent.WeightsLoaded loaded = events(TrainingEvent.WeightsLoaded.class).get(0);
        assertThat(loaded.taken()).contains("conv1.weight", "norm3.bias", "conv4.bias", "dense1.bias");
        assertThat(loaded.drawn()).containsExactly(
                "conv4.weight: stored with the sizes 4 x 8 x 2, but needed with 4 x 8 x 4",
                "dense1.weight: stored with the sizes 100 x 288, but needed with 100 x 224",
                "dense2.weight: not stored",
                "dense2.bias: not stored",
                "output.weight: to be initialised anew",
                "output.bias: to be initialised anew");
        assertThat(loaded.unused()).isEmpty();
        // With next to no learning rate what was taken is still there.
        assertThat(weights(tuned).floats("conv1.weight")).isEqualTo(weights(source).floats("conv1.weight"));
    }

    @Test
    void pretrainedWeightsThatDoNotFitAtAllOrLayersThatAreNotThereAreRefused() {
        Map<String, byte[]> source = state(train(trainer().build(), SpiraConv.v2(), new SmallData(16, 1)));
        PretrainedWeights weights = PretrainedWeights.of("source", source);
        assertThatThrownBy(() -> train(trainer().pretrained(weights.reinitialise("fc2")).build(), SpiraConv.v2(),
                        new SmallData(8, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a layer to initialise anew must be one of [conv1, norm1, conv2, norm2, conv3,"
                        + " norm3, conv4, norm4, dense1, output], but was 'fc2'");
        PretrainedWeights nothing = weights.reinitialise(
                "conv1", "norm1", "conv2", "norm2", "conv3", "norm3", "conv4", "norm4", "dense1", "output");
        assertThatThrownBy(() -> train(trainer().pretrained(nothing).build(), SpiraConv.v2(), new SmallData(8, 1)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("at least one array of the weights 'source' must fit the network, but none does");
        assertThatThrownBy(() -> PretrainedWeights.of("old", Map.of("weights.f32", new byte[4])))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("must have a file weights.txt, but has");
    }

    @Test
    void parametersOfV4OutOfRangeAreRefused() {
        assertThatThrownBy(() -> SpiraConv.v4().kernels(3, 3))
                .hasMessage("kernels: must be 4 lengths, one for each convolution, but was [3, 3]");
        assertThatThrownBy(() -> SpiraConv.v4().dropout(1)).hasMessage("dropout: must be in [0, 1), but was 1.0");
        assertThatThrownBy(() -> SpiraConv.v4().dense(10, 0)).hasMessage("dense: must be at least 1, but was 0");
        assertThatThrownBy(() -> SpiraConv.v4().kernels(60, 5, 3, 2).build()
                        .create(new InputShape(100, 8), new RandomStreams(1)))
                .hasMessageContaining("at convolution 1 of 4, the kernel must fit the input: kernel 60 with dilation 2 spans"
                        + " 119 time steps");
    }

    @Test
    void v4WithItsDefaultsIsV2() {
        assertThat(SpiraConv.v4().build().create(new InputShape(401, 40), new RandomStreams(1)).parameterCount())
                .isEqualTo(691_613);
        Map<String, byte[]> two = state(train(trainer().build(), SpiraConv.v2(), new SmallData(16, 1)));
        Map<String, byte[]> four = state(train(trainer().build(), SpiraConv.v4().build(), new SmallData(16, 1)));
        assertThat(four.get("weights.safetensors")).isEqualTo(two.get("weights.safetensors"));
    }

    @Test
    void earlyStoppingTakesAnyMetric() {
        EarlyStopping onRanking = EarlyStopping.on(Metric.AUROC, 2);
        assertThat(onRanking.endsAfter(List.of(0.5, 0.7, 0.6))).isFalse();
        assertThat(onRanking.endsAfter(List.of(0.5, 0.7, 0.6, 0.7))).isTrue();
        EarlyStopping onLoss = EarlyStopping.patience(2);
        assertThat(onLoss.endsAfter(List.of(0.5, 0.7, 0.4, 0.5))).isFalse();
        assertThat(onLoss.endsAfter(List.of(0.5, 0.7, Double.NaN))).isTrue();
    }
}
