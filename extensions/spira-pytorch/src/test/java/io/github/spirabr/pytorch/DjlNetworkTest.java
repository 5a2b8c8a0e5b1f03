package io.github.spirabr.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.training.OwnNetworkContract;
import io.github.spirabr.training.SmallData;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DjlNetworkTest extends OwnNetworkContract {

    private static final DjlNetwork CONVOLUTIONAL =
            DjlNetwork.of("convolutional", () -> OwnBlocks.convolutional(1)).on(ComputeDevice.CPU);

    // Threads of PyTorch wait for each other without sleeping, which takes long on a busy machine.
    DjlNetworkTest() {
        super(CONVOLUTIONAL, Parallelism.of(1), 3);
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
        try (TrainedModel model = train(1)) {
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
