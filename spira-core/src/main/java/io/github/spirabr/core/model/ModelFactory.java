package io.github.spirabr.core.model;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;

/** Port: creates networks of one architecture. Implementations are immutable and safe for any number of threads. */
public interface ModelFactory extends Component {

    /**
     * Creates a network with random initial weights.
     *
     * @param input the shape of each window's features
     * @param random the weights are drawn from its stream {@code "weights"}
     * @throws IllegalArgumentException if the architecture does not accept such an input; the message names the layer,
     *     its input and the input it needs
     */
    UntrainedModel create(InputShape input, RandomStreams random);
}
