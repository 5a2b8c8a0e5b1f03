package io.github.spirabr.core.model;

import io.github.spirabr.core.preprocessing.InputShape;
import java.util.List;

/**
 * A trained network in terms of no framework. Its layers, one after the other, make a window's probability of its features,
 * which come in as one channel.
 *
 * @param input the shape of a window
 * @param longerWindows whether windows of more frames than that are taken, too
 * @param layers in their order; the last one gives one number, the probability
 */
public record NetworkDescription(InputShape input, boolean longerWindows, List<NetworkLayer> layers) {

    /** Copies the list. */
    public NetworkDescription {
        layers = List.copyOf(layers);
    }
}
