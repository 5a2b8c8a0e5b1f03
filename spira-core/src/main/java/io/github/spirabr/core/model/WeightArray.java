package io.github.spirabr.core.model;

import java.util.Arrays;
import java.util.List;

/** The weights of a layer, with their shape. Immutable. */
public final class WeightArray {

    private final List<Integer> shape;
    private final float[] values;

    private WeightArray(List<Integer> shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    /**
     * Returns an array of these values, which are copied.
     *
     * @param shape its sizes, the slowest first, each at least 1
     * @param values as many as the product of the sizes
     */
    public static WeightArray of(List<Integer> shape, float[] values) {
        long length = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (length != values.length || shape.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("an array of shape " + shape + " has as many values as the product of its sizes,"
                    + " but got " + values.length);
        }
        return new WeightArray(List.copyOf(shape), values.clone());
    }

    /** Returns the sizes, the slowest first. */
    public List<Integer> shape() {
        return shape;
    }

    /** Returns a copy of all values. */
    public float[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightArray that && shape.equals(that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "WeightArray" + shape;
    }
}
