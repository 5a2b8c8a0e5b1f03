package io.github.spirabr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.model.internal.network.LayerNetwork;
import io.github.spirabr.training.OwnNetworkContract;
import io.github.spirabr.training.SmallData;
import io.github.spirabr.training.engine.Differences;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.engine.TrainingWindows;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

@Tag("slow")
class Dl4jNetworkTest extends OwnNetworkContract {

    private static final ModelFactory CONVOLUTIONAL = Dl4jNetwork.of(OwnNetworks.convolutional());
    private static final ModelFactory RECURRENT = Dl4jNetwork.ofSequence(OwnNetworks.recurrent());

    Dl4jNetworkTest() {
        super(CONVOLUTIONAL, Parallelism.allProcessors(), 1);
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
    void anotherSeedGivesAnotherModel() {
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
            TrainingWindows batch = Differences.batch(random, SmallData.SHAPE.frames() * SmallData.SHAPE.features());
            int count = network.parameterCount();
            Differences.requireGradient(network, batch,
                    IntStream.range(0, 30).map(n -> n < 10 ? count - 1 - n : random.nextInt(count)));
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
