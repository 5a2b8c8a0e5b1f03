package io.github.spirabr.training.engine;

import java.util.List;

/**
 * An array in the flat weights of a network.
 *
 * @param name layer and array, such as {@code conv1.weight}
 * @param offset index of the first element
 * @param shape sizes of the dimensions, the slowest first
 */
public record Segment(String name, int offset, List<Integer> shape) {

    /** Copies the list. */
    public Segment {
        shape = List.copyOf(shape);
    }

    /**
     * Adds an array to a layout, and returns the offset of the next one.
     *
     * @param offset index of the array's first element
     */
    public static int add(List<Segment> layout, String name, int offset, List<Integer> shape) {
        Segment segment = new Segment(name, offset, shape);
        layout.add(segment);
        return Math.addExact(offset, segment.length());
    }

    /** Returns the number of elements. */
    public int length() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** Returns the name of the layer: the name up to the last dot. */
    public String layer() {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
