package io.github.spirabr.pytorch.internal;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Memory that the inputs of one pass lie in and the next pass uses again: DJL would allocate it anew for each tensor, to be
 * freed with a garbage collection. It is PyTorch's own, and freed with the manager.
 */
final class Staging {

    private final NDManager manager;
    private final List<NDArray> arrays = new ArrayList<>();
    private int used;

    /**
     * Creates an instance.
     *
     * @param manager manager of the network, on any device
     */
    Staging(NDManager manager) {
        this.manager = manager.newSubManager(Device.cpu());
    }

    /** Begins a pass; memory of the pass before is handed out again. */
    void begin() {
        used = 0;
    }

    /** Returns a tensor of values that no other caller of this pass has, on the pass's device. */
    NDArray tensor(NDManager pass, Shape shape, Consumer<FloatBuffer> fill) {
        if (used == arrays.size()) {
            arrays.add(manager.zeros(shape));
        } else if (!arrays.get(used).getShape().equals(shape)) {
            arrays.set(used, manager.zeros(shape)).close();
        }
        NDArray array = arrays.get(used++);
        fill.accept(view(array));
        NDArray own = pass.getDevice().isGpu() ? array.toDevice(pass.getDevice(), true) : array.reshape(shape);
        own.attach(pass);
        return own;
    }

    /** Returns the memory of an array on the processor, to be read and written while the array is open. */
    static FloatBuffer view(NDArray array) {
        return array.toByteBuffer(true).asFloatBuffer();
    }
}
