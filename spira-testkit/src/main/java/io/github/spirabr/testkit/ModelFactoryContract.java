package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;

/**
 * The contract of every {@link ModelFactory}, beside {@link ModelTrainerContract}. Networks have the input that was asked for and
 * the same size every time, on any thread; they refuse the state of another network. The factory is made again from its settings.
 */
public abstract class ModelFactoryContract extends ComponentContract<ModelFactory> {

    /** Called by the test that extends this. */
    protected ModelFactoryContract() {
        super(ModelFactory.class);
    }

    /** An input that the network takes; by default 128 frames of 8 features. */
    protected InputShape input() {
        return new InputShape(128, 8);
    }

    @Example
    void aNetworkIsForTheInputThatWasAskedFor() {
        assertThat(untrained(create(), 1).input()).isEqualTo(input());
    }

    @Example
    void everyNetworkHasTheSameSize() {
        ModelFactory factory = create();
        long parameters = untrained(factory, 1).parameterCount();
        assertThat(parameters).as("parameters").isPositive();
        assertThat(untrained(recreate(), 2).parameterCount()).isEqualTo(parameters);
        assertThat(Together.work(2, seed -> untrained(factory, seed).parameterCount()))
                .containsOnly(List.of(parameters, parameters));
    }

    @Example
    void noStateAtAllIsRefused() {
        UntrainedModel model = untrained(create(), 1);
        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> model.restore(Map.of()));
    }

    @Example
    void aForeignStateIsRefused() {
        UntrainedModel model = untrained(create(), 1);
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> model.restore(Map.of("foreign.bin", new byte[] {1, 2, 3})));
    }

    private UntrainedModel untrained(ModelFactory factory, long seed) {
        return factory.create(input(), new RandomStreams(seed));
    }
}
