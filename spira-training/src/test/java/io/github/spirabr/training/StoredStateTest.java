package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.Safetensors;
import io.github.spirabr.training.engine.Segment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The files of a network's state: those of now, and those of releases before. */
class StoredStateTest {

    private static final String FILE = "weights.safetensors";

    private final List<FeatureMatrix> windows = new SmallData(6, 9).open().next().windows();
    private Network network;
    private TrainedModel model;

    /** Weights and statistics of which no two are alike. */
    @BeforeEach
    void build() {
        SplittableRandom random = new SplittableRandom(7);
        network = untrained().takeNetwork();
        float[] statistics = network.statistics();
        for (int i = 0; i < statistics.length; i++) {
            statistics[i] = 0.5f + random.nextFloat();
        }
        network.statistics(statistics);
        model = new TrainedNetwork(SmallData.SHAPE, network);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static UntrainedNetwork untrained() {
        return (UntrainedNetwork) SpiraConv.v1().create(SmallData.SHAPE, new RandomStreams(5));
    }

    /** As releases wrote it before weights had names in their file. */
    private Map<String, byte[]> stateOfBefore() {
        String layout = network.layout().stream()
                .map(segment -> segment.name() + " "
                        + segment.shape().stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n")
                .collect(Collectors.joining());
        return new HashMap<>(Map.of(
                "weights.f32", WeightsFile.bytes(network.weights()),
                "weights.txt", layout.getBytes(StandardCharsets.US_ASCII),
                "statistics.f32", WeightsFile.bytes(network.statistics())));
    }

    /** The state with another layout and other values of the same length. */
    private Map<String, byte[]> with(Consumer<List<Segment>> change, Consumer<float[]> values) {
        Safetensors stored = Safetensors.read(FILE, model.state().get(FILE));
        List<Segment> layout = new ArrayList<>();
        List<Float> all = new ArrayList<>();
        for (String name : stored.names()) {
            Segment.add(layout, name, all.size(), stored.shape(name));
            for (float value : stored.floats(name)) {
                all.add(value);
            }
        }
        float[] numbers = new float[all.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = all.get(i);
        }
        change.accept(layout);
        values.accept(numbers);
        return Map.of(FILE, Safetensors.write(Map.of(), layout, numbers));
    }

    @Test
    void arraysHaveTheNamesAndShapesThatPyTorchGivesThem() {
        Safetensors stored = Safetensors.read(FILE, model.state().get(FILE));
        assertThat(stored.metadata()).isEqualTo(Map.of("format", "pt"));
        assertThat(stored.names()).startsWith("conv1.weight", "conv1.bias", "norm1.weight", "norm1.bias", "conv2.weight")
                .endsWith("norm4.running_mean", "norm4.running_var");
        assertThat(stored.shape("conv2.weight")).containsExactly(16, 32, 5);
        assertThat(stored.shape("norm2.running_var")).containsExactly(16);
        assertThat(stored.shape("output.weight")).hasSize(2);
    }

    @Test
    void bothFormatsGiveTheSameNetwork() {
        try (TrainedModel now = untrained().restore(model.state());
                TrainedModel before = untrained().restore(stateOfBefore())) {
            assertThat(now.predict(windows)).isEqualTo(model.predict(windows));
            assertThat(before.predict(windows)).isEqualTo(model.predict(windows));
            assertThat(now.state().get(FILE)).isEqualTo(model.state().get(FILE)).isEqualTo(before.state().get(FILE));
        }
    }

    @Test
    void trainingStartsFromBothFormats() {
        for (Map<String, byte[]> state : List.of(model.state(), stateOfBefore())) {
            try (Network other = ((UntrainedNetwork) SpiraConv.v1().create(SmallData.SHAPE, new RandomStreams(6))).takeNetwork()) {
                assertThat(other.weights()).isNotEqualTo(network.weights());
                PretrainedWeights.of("source", state).apply(other);
                assertThat(other.weights()).isEqualTo(network.weights());
                assertThat(other.statistics()).isEqualTo(network.statistics());
            }
        }
    }

    @Test
    void trainingStartsFromAFileOfAnyName() {
        Map<String, byte[]> file = Map.of("encoder.safetensors", model.state().get(FILE));
        try (Network other = ((UntrainedNetwork) SpiraConv.v1().create(SmallData.SHAPE, new RandomStreams(6))).takeNetwork()) {
            float[] drawn = other.statistics();
            var loaded = PretrainedWeights.of("encoder", file).reinitialise("norm1", "output").apply(other);
            assertThat(loaded.taken()).contains("conv1.weight", "norm2.bias").doesNotContain("norm1.weight", "output.bias");
            assertThat(loaded.unused()).isEmpty();
            assertThat(other.statistics()).startsWith(Arrays.copyOf(drawn, 64))
                    .endsWith(Arrays.copyOfRange(network.statistics(), 64, network.statistics().length));
        }
        assertThat(PretrainedWeights.of("encoder", file).prior().subjects()).isEmpty();
    }

    @Test
    void severalFilesToStartFromAreRefused() {
        byte[] content = model.state().get(FILE);
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> PretrainedWeights.of("two", Map.of("a.safetensors", content, "b.safetensors", content)))
                .withMessageContaining("weights to start from must be one file whose name ends in .safetensors, but there are [");
    }

    @Test
    void arraysOfAnotherNetworkAreRefused() {
        Map<String, byte[]> turned = with(layout -> layout.set(0, new Segment("conv1.weight", 0, List.of(7, 1, 32))), all -> {});
        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> untrained().restore(turned))
                .withMessageContaining("the array 'conv1.weight' in weights.safetensors of the stored model must have the shape"
                        + " [32, 1, 7], but has [7, 1, 32]");
        Map<String, byte[]> renamed = with(layout -> layout.set(0, new Segment("conv0.weight", 0, List.of(32, 1, 7))), all -> {});
        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> untrained().restore(renamed))
                .withMessageContaining("must have an array 'conv1.weight'");
        UntrainedNetwork grouped = (UntrainedNetwork) SpiraConv.v2().create(SmallData.SHAPE, new RandomStreams(5));
        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> grouped.restore(model.state()));
    }

    @Test
    void arraysThatTheNetworkDoesNotHaveAreRefused() {
        Map<String, byte[]> more = with(layout -> {
            Segment last = layout.remove(layout.size() - 1);
            layout.add(new Segment(last.name(), last.offset(), last.shape()));
            layout.add(new Segment("norm5.running_var", last.offset() + last.length(), List.of(0)));
        }, all -> {});
        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> untrained().restore(more))
                .withMessage("weights.safetensors of the stored model must have the arrays of the network alone, but has also"
                        + " 'norm5.running_var'; it was made by another network");
    }

    @Test
    void statisticsThatAreNotFiniteAreRefused() {
        Map<String, byte[]> damaged = with(layout -> {}, all -> all[all.length - 1] = Float.NaN);
        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> untrained().restore(damaged))
                .withMessageContaining("number 3 of the array 'norm4.running_var' in weights.safetensors of the stored model must be"
                        + " finite, but was NaN");
    }
}
