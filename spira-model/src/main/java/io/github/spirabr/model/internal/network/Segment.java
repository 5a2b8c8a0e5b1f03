package io.github.spirabr.model.internal.network;

import java.util.List;

/**
 * One array among a network's flat weights.
 *
 * @param name such as {@code conv1.weight}: the layer's name, a dot, and what the array is in it
 * @param offset where it begins
 * @param shape its sizes, the slowest first
 */
public record Segment(String name, int offset, List<Integer> shape) {

    /** Copies the list. */
    public Segment {
        shape = List.copyOf(shape);
    }

    /** How many numbers it has. */
    public int length() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** The name up to the last dot. */
    public String layer() {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
