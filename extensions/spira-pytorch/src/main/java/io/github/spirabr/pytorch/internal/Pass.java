package io.github.spirabr.pytorch.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pass through a network of named arrays. Used by one thread. */
final class Pass {

    private final Map<String, NDArray> arrays;
    private final @Nullable Draws draws;

    /**
     * Creates a pass.
     *
     * @param draws draws of dropout; null in prediction
     */
    Pass(Map<String, NDArray> arrays, @Nullable Draws draws) {
        this.arrays = arrays;
        this.draws = draws;
    }

    boolean isTraining() {
        return draws != null;
    }

    NDArray array(String name) {
        return arrays.get(name);
    }

    /** Returns an array in another shape, freed with the pass. */
    NDArray array(String name, NDManager pass, Shape shape) {
        NDArray reshaped = arrays.get(name).reshape(shape);
        reshaped.attach(pass);
        return reshaped;
    }

    /** Multiplies with factors of dropout; none in prediction. */
    NDArray dropout(String purpose, NDArray x, double probability) {
        if (draws == null || probability == 0) {
            return x;
        }
        return x.mul(draws.mask(x.getManager(), purpose, x.getShape(), probability));
    }
}
