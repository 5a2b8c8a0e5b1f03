package io.github.spirabr.core.model;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;

/**
 * Port: makes networks of one architecture. Implementations are immutable and safe for any number of
 * threads.
 */
public interface ModelFactory extends Component {

    /**
     * A network with freshly drawn weights.
     *
     * @param input the shape of each window's features
     * @param random the weights come from its stream {@code "weights"}
     * @throws IllegalArgumentException if the architecture cannot take such an input; the message
     *     names the layer, what it got and what it wants
     */
    UntrainedModel create(InputShape input, RandomStreams random);
}
