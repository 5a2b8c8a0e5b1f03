package io.github.spirabr.core.model;

import io.github.spirabr.core.preprocessing.InputShape;
import java.util.List;

/**
 * A trained network, independent of any framework. Its layers, one after the other, compute a window's probability from
 * its features, which form one channel.
 *
 * @param input the shape of a window
 * @param longerWindows whether windows with more frames are accepted, too
 * @param layers in their order; the last one outputs one number, the probability
 */
public record NetworkDescription(InputShape input, boolean longerWindows, List<NetworkLayer> layers) {

    /** Copies the list. */
    public NetworkDescription {
        layers = List.copyOf(layers);
    }
}
