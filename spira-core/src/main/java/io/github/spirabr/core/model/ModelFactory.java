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

    /**
     * Returns the largest difference between the probabilities that two machines compute with the same weights. By default 0,
     * the same bits on all machines. A network on a library that chooses its arithmetic by the processor returns more; the
     * provenance of its models states it, and a round of continuous training that goes on on another machine allows for it.
     */
    default double machineTolerance() {
        return 0;
    }
}
