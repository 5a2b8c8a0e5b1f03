package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.training.engine.Segment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Frozen layers and rates of layers. */
class LayerRatesTest {

    private static final SpiraConv NETWORK = SpiraConv.v4().kernels(3, 3, 3, 2).dilation(1).dense(4).build();

    private static Trainer.Builder twoSteps() {
        return Trainer.builder().optimizer(Adam.of(1e-2)).epochs(1).batchSize(2);
    }

    /** Returns the weights of each array, as they were drawn. */
    private static Map<String, float[]> drawn() {
        try (var network = ((UntrainedNetwork) NETWORK.create(SmallData.SHAPE, new RandomStreams(3))).takeNetwork()) {
            return byName(network.layout(), network.weights());
        }
    }

    /** Returns the weights of each array after a training. */
    private static Map<String, float[]> trained(Trainer trainer, int recordings) {
        RandomStreams random = new RandomStreams(3);
        Map<String, byte[]> state;
        try (TrainedModel model = trainer.train(NETWORK.create(SmallData.SHAPE, random), new SmallData(recordings, 1),
                new SmallData(2, 2), TrainingContext.of(random, new TrainingListener() {})
                        .withParallelism(Parallelism.of(1))).model()) {
            state = model.state();
        }
        try (var network = ((UntrainedNetwork) NETWORK.create(SmallData.SHAPE, random)).takeNetwork()) {
            WeightsFile.read(state, network);
            return byName(network.layout(), network.weights());
        }
    }

    private static Map<String, float[]> byName(List<Segment> layout, float[] weights) {
        Map<String, float[]> named = new LinkedHashMap<>();
        layout.forEach(one ->
                named.put(one.name(), Arrays.copyOfRange(weights, one.offset(), one.offset() + one.length())));
        return named;
    }

    @Test
    void frozenWeightsKeepTheirBytes() {
        Map<String, float[]> drawn = drawn();
        Map<String, float[]> trained = trained(twoSteps().freeze("conv1", "dense1").build(), 4);
        assertThat(trained).containsOnlyKeys(drawn.keySet());
        trained.forEach((name, weights) -> {
            if (name.startsWith("conv1.") || name.startsWith("dense1.")) {
                assertThat(weights).as(name).isEqualTo(drawn.get(name));
            } else {
                assertThat(weights).as(name).isNotEqualTo(drawn.get(name));
            }
        });
    }

    @Test
    void aFactorChangesTheStepOfItsLayerAlone() {
        Map<String, float[]> drawn = drawn();
        Map<String, float[]> equal = trained(twoSteps().build(), 2);
        Map<String, float[]> slower = trained(twoSteps().layerRate("dense1", 0.25).build(), 2);
        slower.forEach((name, weights) -> {
            if (name.startsWith("dense1.")) {
                assertThat(weights).as(name).isNotEqualTo(drawn.get(name));
                for (int i = 0; i < weights.length; i++) {
                    double start = drawn.get(name)[i];
                    double step = equal.get(name)[i] - start;
                    assertThat(weights[i] - start).as(name).isCloseTo(0.25 * step, within(1e-6));
                }
            } else {
                assertThat(weights).as(name).isEqualTo(equal.get(name));
            }
        });
    }

    @Test
    void aLayerThatIsNamedTwiceIsRefused() {
        ComponentDescription both = new ComponentDescription("dl4j",
                Map.of("freeze", List.of("conv1"), "layerRates", List.of("dense1 0.5", "conv1 0.1")));
        assertThatThrownBy(() -> Components.discover().create(ModelTrainer.class, "training", both))
                .hasMessageContaining("layerRates")
                .hasMessageEndingWith("must name a layer that neither freeze nor layerRates names yet, but was 'conv1' again;"
                        + " name it once");
        Trainer.Builder frozen = Trainer.builder().freeze("conv1");
        assertThatThrownBy(() -> frozen.layerRate("conv1", 0.1)).isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> frozen.freeze("conv1")).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("freeze");
    }
}
