package io.github.spirabr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import io.github.spirabr.model.internal.network.LayerNetwork;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.EarlyStopping;
import io.github.spirabr.training.Loss;
import io.github.spirabr.training.MemoryCheckpoints;
import io.github.spirabr.training.Noam;
import io.github.spirabr.training.RAdam;
import io.github.spirabr.training.SmallData;
import io.github.spirabr.training.Trainer;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.engine.TrainingWindows;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

@Tag("slow")
class Dl4jNetworkTest {

    private static final ModelFactory CONVOLUTIONAL = Dl4jNetwork.of(OwnNetworks.convolutional());
    private static final ModelFactory RECURRENT = Dl4jNetwork.ofSequence(OwnNetworks.recurrent());

    private static TrainedModel train(ModelFactory factory, int epochs) {
        RandomStreams random = new RandomStreams(7);
        return Trainer.builder().optimizer(Adam.of(1e-2)).epochs(epochs).build()
                .train(factory.create(SmallData.SHAPE, random), new SmallData(40, 1), new SmallData(20, 2),
                        TrainingContext.of(random, new TrainingListener() {}))
                .model();
    }

    @Test
    void anOwnNetworkLearns() {
        try (TrainedModel model = train(CONVOLUTIONAL, 8)) {
            assertThat(Evaluator.evaluate(model, new SmallData(40, 3), 0.5).confusionMatrix().accuracy())
                    .isGreaterThan(0.85);
        }
    }

    @Test
    void aResumedTrainingEqualsAnUninterruptedOne() {
        MemoryCheckpoints all = new MemoryCheckpoints();
        Map<String, byte[]> whole = trained(all);
        assertThat(whole).containsOnlyKeys("weights.safetensors");
        for (int count = 1; count <= all.saved.size(); count++) {
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
                new SmallData(8, 2), TrainingContext.of(random, new TrainingListener() {}).withCheckpoints(store, "run")).model()) {
            return model.state();
        }
    }

    @Test
    void twoThreadsGetTheirOwnAnswers() throws InterruptedException, ExecutionException {
        // Deeplearning4j: a network is not thread-safe, and two threads can get each other's answers.
        try (TrainedModel model = train(CONVOLUTIONAL, 1)) {
            SmallData.assertAnswersTogether(model, 2);
        }
    }

    @Test
    void sequencesAreGivenFrameByFrame() {
        // A window and the same one backwards are told apart, and the order of the features matters.
        try (Network network = LayerNetwork.build(
                OwnNetworks.recurrent(), SmallData.SHAPE, true, new SplittableRandom(1))) {
            int features = SmallData.SHAPE.features();
            float[] rising = new float[SmallData.SHAPE.frames() * features];
            for (int t = 0; t < SmallData.SHAPE.frames(); t++) {
                rising[t * features] = t / 64f - 1;
            }
            float[] otherFeature = new float[rising.length];
            System.arraycopy(rising, 0, otherFeature, 1, rising.length - 1);
            double[] answers = network.predict(new float[][] {rising, otherFeature});
            assertThat(answers[0]).isNotEqualTo(answers[1]).isBetween(0.0, 1.0);
            float[] gradient = new float[network.parameterCount()];
            double loss = network.gradient(
                    TrainingWindows.equally(new float[][] {rising}, new float[] {1}, OutputLoss.PLAIN),
                    (purpose, window) -> new SplittableRandom(1), gradient);
            // Two sigmoids, of which the second one is what is predicted.
            assertThat(loss).isGreaterThan(-Math.log(answers[0]) / 2);
        }
    }

    @Test
    void oneSeedGivesOneModelWithItsStatisticsAndAnotherSeedAnother() {
        Map<String, byte[]> state;
        try (TrainedModel model = train(CONVOLUTIONAL, 2)) {
            state = model.state();
        }
        assertThat(state).containsOnlyKeys("weights.safetensors");
        try (TrainedModel again = train(CONVOLUTIONAL, 2);
                TrainedModel restored = CONVOLUTIONAL.create(SmallData.SHAPE, new RandomStreams(99)).restore(state)) {
            assertThat(again.state()).containsExactlyInAnyOrderEntriesOf(state);
            List<FeatureMatrix> windows = new SmallData(6, 9).open().next().windows();
            assertThat(restored.predict(windows)).isEqualTo(again.predict(windows));
        }
        RandomStreams other = new RandomStreams(8);
        assertThat(CONVOLUTIONAL.create(SmallData.SHAPE, other).parameterCount()).isEqualTo(4 * 5 + 4 + 2 * 4 + (62 * 8 * 4 + 1) * 10 + 11);
        float[] first = weights(7);
        assertThat(weights(7)).isEqualTo(first);
        assertThat(weights(8)).isNotEqualTo(first);
    }

    private static float[] weights(long seed) {
        try (Network network = LayerNetwork.build(
                OwnNetworks.convolutional(), SmallData.SHAPE, false, new SplittableRandom(seed))) {
            return network.weights();
        }
    }

    @Test
    void gradientsAreDifferencesOfTheLoss() {
        try (Network network = LayerNetwork.build(
                OwnNetworks.dense(Activation.SIGMOID), SmallData.SHAPE, false, new SplittableRandom(3))) {
            SplittableRandom random = new SplittableRandom(1);
            float[][] windows = new float[3][SmallData.SHAPE.frames() * SmallData.SHAPE.features()];
            for (float[] window : windows) {
                for (int i = 0; i < window.length; i++) {
                    window[i] = (float) (random.nextDouble() - 0.5);
                }
            }
            TrainingWindows batch = new TrainingWindows(
                    windows, new float[] {0, 1, 0.25f}, new float[] {0.5f, 0.25f, 0.25f}, OutputLoss.PLAIN);
            float[] weights = network.weights();
            float[] gradient = new float[weights.length];
            float[] unused = new float[weights.length];
            network.gradient(batch, (purpose, window) -> new SplittableRandom(1), gradient);
            for (int n = 0; n < 30; n++) {
                int i = n < 10 ? weights.length - 1 - n : random.nextInt(weights.length);
                float kept = weights[i];
                float h = 1e-2f;
                weights[i] = kept + h;
                network.weights(weights);
                double up = network.gradient(batch, (purpose, window) -> new SplittableRandom(1), unused);
                weights[i] = kept - h;
                network.weights(weights);
                double down = network.gradient(batch, (purpose, window) -> new SplittableRandom(1), unused);
                weights[i] = kept;
                assertThat((double) gradient[i]).as("weight %d", i).isCloseTo((up - down) / (2 * h), within(1e-4));
            }
        }
    }

    @Test
    void theLayoutNamesAllArraysWithoutGaps() {
        try (Network network = LayerNetwork.build(
                OwnNetworks.convolutional(), SmallData.SHAPE, false, new SplittableRandom(3))) {
            assertThat(network.layout()).extracting(Segment::name).containsExactlyInAnyOrder("time.b", "time.W",
                    "layer1.gamma", "layer1.beta", "layer2.W", "layer2.b", "layer3.W", "layer3.b");
            int at = 0;
            for (Segment segment : network.layout()) {
                assertThat(segment.offset()).isEqualTo(at);
                at += segment.length();
            }
            assertThat(at).isEqualTo(network.parameterCount());
            assertThat(network.statistics()).hasSize(2 * 4);
        }
    }

    /** A program that reads the stored arrays in row-major order computes what the network computes. */
    @Test
    void matricesAreStoredRowByRow() {
        try (Network network = LayerNetwork.build(
                OwnNetworks.dense(Activation.SIGMOID), SmallData.SHAPE, false, new SplittableRandom(3))) {
            Map<String, Segment> layout = network.layout().stream().collect(Collectors.toMap(Segment::name, one -> one));
            int inputs = SmallData.SHAPE.frames() * SmallData.SHAPE.features();
            assertThat(layout.get("layer0.W").shape()).containsExactly(5, inputs);
            float[] weights = network.weights();
            float[] window = new float[inputs];
            SplittableRandom random = new SplittableRandom(4);
            for (int i = 0; i < inputs; i++) {
                window[i] = (float) (random.nextDouble() - 0.5);
            }
            double logit = weights[layout.get("layer1.b").offset()];
            for (int unit = 0; unit < 5; unit++) {
                double sum = weights[layout.get("layer0.b").offset() + unit];
                for (int i = 0; i < inputs; i++) {
                    sum += weights[layout.get("layer0.W").offset() + unit * inputs + i] * window[i];
                }
                logit += weights[layout.get("layer1.W").offset() + unit] * Math.tanh(sum);
            }
            assertThat(network.predict(new float[][] {window})[0]).isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-5));
        }
    }

    @Test
    void runningStatisticsHaveNames() {
        try (Network network = LayerNetwork.build(
                OwnNetworks.convolutional(), SmallData.SHAPE, false, new SplittableRandom(3))) {
            assertThat(network.statisticsLayout()).extracting(Segment::name)
                    .containsExactlyInAnyOrder("layer1.mean", "layer1.log10stdev");
            assertThat(network.statisticsLayout()).extracting(Segment::length).containsExactly(4, 4);
        }
    }

    @Test
    void aDescriptionMakesAnEqualNetwork() {
        assertThat(Components.discover().create(ModelFactory.class, "model", RECURRENT.description()).description())
                .isEqualTo(RECURRENT.description());
    }

    @Test
    void whatCannotBeTrainedIsRefused() {
        RandomStreams random = new RandomStreams(1);
        assertThatThrownBy(() -> Dl4jNetwork.of("{}").create(SmallData.SHAPE, random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no MultiLayerConfiguration of Deeplearning4j");
        assertThatThrownBy(() -> Dl4jNetwork.of(OwnNetworks.dense(Activation.IDENTITY)).create(SmallData.SHAPE, random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the last layer must be an OutputLayer with sigmoid activation");
        assertThatThrownBy(() -> Dl4jNetwork.of(OwnNetworks.dense(Activation.SIGMOID)).create(new InputShape(10, 8), random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot take 10 frames x 8 features as a row of 80 values");
        assertThatThrownBy(() -> CONVOLUTIONAL.create(new InputShape(10, 8), random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot take 10 frames x 8 features");
    }

    /** Must never be made: its name comes from a text. */
    public static final class Foreign {

        static int made;

        public Foreign() {
            made++;
        }
    }

    @Test
    void classesThatAreNotDeeplearning4jsAreNeverMadeFromAText() {
        RandomStreams random = new RandomStreams(1);
        String json = OwnNetworks.dense(Activation.SIGMOID);
        String sigmoid = "org.nd4j.linalg.activations.impl.ActivationSigmoid";
        assertThat(json).contains("\"@class\" : \"" + sigmoid);
        String foreign = json.replace(sigmoid, Foreign.class.getName());
        assertThatThrownBy(() -> Dl4jNetwork.of(foreign).create(SmallData.SHAPE, random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the Deeplearning4j configuration names the class " + Foreign.class.getName());
        String escaped = foreign.replace("\"@class\"", "\"\\u0040class\"");
        assertThatThrownBy(() -> Dl4jNetwork.of(escaped).create(SmallData.SHAPE, random))
                .hasMessageContaining("names the class " + Foreign.class.getName());
        String twice = json.replace("\"@class\" : \"" + sigmoid + "\"",
                "\"@class\" : \"" + Foreign.class.getName() + "\", \"@class\" : \"" + sigmoid + "\"");
        assertThatThrownBy(() -> Dl4jNetwork.of(twice).create(SmallData.SHAPE, random)).hasMessageContaining("Duplicate field");
        assertThat(Foreign.made).isZero();
    }
}
